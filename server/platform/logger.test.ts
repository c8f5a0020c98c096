import { DrizzleQueryError } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { createLogger, type Log } from "./logger.ts";

function lines(write: (log: Log) => void): string[] {
  const written: string[] = [];
  write(createLogger({ level: "info", destination: { write: (line: string) => void written.push(line) } }));
  return written;
}

test.each([
  ["a password", { input: { password: "hunter2" } }, "hunter2"],
  ["a header", { request: { headers: { cookie: "session=abcdef" } } }, "abcdef"],
  ["a key of Stripe in a message", { detail: "called with sk_live_4242abcd" }, "4242abcd"],
  ["a client secret in a message", { detail: "pi_123_secret_xyz987" }, "xyz987"],
  ["a password in an address", { url: "postgresql://remit:topsecret@db/remit" }, "topsecret"],
  ["a pay link", { path: "/p/AZ2kX0r9cYKf3m7Q1v5WtgbN8hJ6sLpEoUiDzRxCq4A.data" }, "AZ2kX0r9"],
  ["a pay link as a parameter", { url: "/sign-in?to=%2Fp%2FAZ2kX0r9cYKf3m7Q1v5WtgbN8hJ6sLpEo" }, "AZ2kX0r9"],
  ["a reset link", { path: "/reset/AZ2kX0r9cYKf3m7Q1v5WtgbN8hJ6sLpEoUiDzRxCq4A" }, "AZ2kX0r9"],
  ["an invitation as a parameter", { url: "/sign-in?to=%2Finvite%2FAZ2kX0r9cYKf3m7Q1v5WtgbN8hJ6sLpEo" }, "AZ2kX0r9"],
  ["an address that confirms a mailbox", { path: "/email/AZ2kX0r9cYKf3m7Q1v5WtgbN8hJ6sLpEo.data" }, "AZ2kX0r9"],
  ["a card number", { text: "my card is 4242 4242 4242 4242" }, "4242 4242"],
])("%s never reaches the log", (_, record, secret) => {
  expect(lines((log) => log.info(record, "something happened")).join("")).not.toContain(secret);
});

test("a number that is no card stays readable", () => {
  expect(lines((log) => log.info({ reference: "1234567890123456" }, "kept")).join("")).toContain("1234567890123456");
});

test("a newline in what a stranger sends stays inside its record", () => {
  const [line = "", ...more] = lines((log) => log.info({ path: '/x\n{"level":"error","msg":"forged"}' }, "a\r\nb"));
  expect(more).toEqual([]);
  expect(line.trimEnd()).not.toContain("\n");
  expect(JSON.parse(line)).toMatchObject({ level: "info", msg: "a\r\nb" });
});

test("of errors that were gathered each is told, by its facts alone", () => {
  const failed = Object.assign(new Error("refused"), { code: "23514", parameters: ["secret-value"] });
  const [line = ""] = lines((log) =>
    log.error({ err: new AggregateError([failed], "1 of 2 failed") }, "the tick failed"),
  );
  expect(JSON.parse(line)).toMatchObject({ err: { message: "1 of 2 failed", errors: [{ code: "23514" }] } });
  expect(line).not.toContain("secret-value");
});

describe("what stands under the name code", () => {
  test.each([
    ["a mailed code", "48213377"],
    ["a mailed code, typed with its gap", "4821 3377"],
    ["an app's code", "482133"],
    ["an app's code, read as a number", 482_133],
    ["a recovery code", "ABCD-EFGH-2345"],
    ["a recovery code without its dashes", "ABCDEFGHIJKL"],
    ["a recovery code in small letters", "abcdefghijkl"],
    ["what nobody knows", "something else"],
  ])("is cut when it is %s", (_, code) => {
    for (const record of [{ code }, { input: { code } }, { request: { form: { code } } }]) {
      expect(lines((log) => log.info(record, "signing in")).join("")).not.toContain(String(code));
    }
  });

  test.each(["23505", "40P01", "57P03", "ECONNREFUSED", "ENOTFOUND", "ERR_INVALID_URL", "CONNECTION_CLOSED"])(
    "stays when it is %s, in an error and in what caused it",
    (code) => {
      const error = Object.assign(new Error("outer", { cause: Object.assign(new Error("inner"), { code }) }), { code });
      const [line = ""] = lines((log) => log.error({ err: error }, "failed"));
      expect(JSON.parse(line)).toMatchObject({ err: { code, cause: { code } } });
    },
  );

  test.each(["card_declined", "not_found", "bug", "EAI_AGAIN", 503])("stays when it is %s", (code) => {
    const [line = ""] = lines((log) => log.warn({ code, failure: { code } }, "refused"));
    expect(JSON.parse(line)).toMatchObject({ code, failure: { code } });
  });
});

describe("an error", () => {
  test("keeps its stack and cause, without their secrets", () => {
    const error = new Error("outer", { cause: new Error("sk_test_abcdef failed") });
    const [line = ""] = lines((log) => log.error({ err: error }, "failed"));
    expect(JSON.parse(line)).toMatchObject({ err: { message: "outer", stack: expect.stringMatching(/logger\.test/) } });
    expect(line).not.toContain("sk_test_abcdef");
  });

  test("of a statement tells the statement and what PostgreSQL said, and none of the values it was run with (S65)", () => {
    const values = ["ana@example.com", "$argon2id$hash", "their words\n    at home (x.ts:1:1)"];
    const cause = Object.assign(new Error('invalid input syntax for type uuid: "their words"'), {
      ...{ code: "22P02", constraint_name: "logins_email_key", detail: "Failing row contains (ana@example.com)" },
      parameters: values,
    });
    const error = new DrizzleQueryError("insert into logins values ($1, $2, $3)", values, cause);
    const [line = ""] = lines((log) => log.error({ err: error }, "failed"));
    for (const value of ["ana@example.com", "$argon2id$hash", "their words", "at home"]) {
      expect(line).not.toContain(value);
    }
    expect(JSON.parse(line)).toMatchObject({
      err: {
        message: "Failed query: insert into logins values ($1, $2, $3)",
        cause: { code: "22P02", constraint_name: "logins_email_key" },
      },
    });
  });
});
