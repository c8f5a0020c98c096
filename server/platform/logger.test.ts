import { expect, test } from "vitest";

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

test("an error keeps its stack and cause, without their secrets", () => {
  const error = new Error("outer", { cause: new Error("sk_test_abcdef failed") });
  const text = lines((log) => log.error({ err: error }, "failed")).join("");
  expect(text).toContain("outer");
  expect(text).not.toContain("sk_test_abcdef");
});
