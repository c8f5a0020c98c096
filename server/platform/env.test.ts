import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseEnv } from "node:util";

import { describe, expect, test } from "vitest";

import { readEnv } from "./env.ts";
import { settingsShape } from "./settings.ts";

const database = { DATABASE_URL: "postgresql://app:x@db/remit", DATABASE_ADMIN_URL: "postgresql://owner:x@db/remit" };
const stripe = (mode: string) => ({
  STRIPE_SECRET_KEY: `sk_${mode}_abc`,
  STRIPE_PUBLISHABLE_KEY: `pk_${mode}_abc`,
  STRIPE_WEBHOOK_SECRET: "whsec_abc",
});
const serious = { ...database, ...stripe("live"), SMTP_URL: "smtp://mail.example.com", DEMO: "0" };

const problems = (given: Record<string, string>, file: Record<string, string> = {}) => {
  const reading = readEnv(given, file);
  return reading.ok ? [] : reading.problems;
};

test("an empty environment is a good one", () => {
  const reading = readEnv({});
  expect(reading).toMatchObject({
    ok: true,
    notices: [],
    env: { port: 3000, demo: true, stripe: undefined, exposure: undefined },
  });
});

test("a full and serious environment is a good one", () => {
  expect(problems({ ...serious, PUBLIC_URL: "https://pay.example.com/", PORT: "80" })).toEqual([]);
});

test("what the process was given wins over .env, also when it is empty", () => {
  expect(readEnv({ PORT: "4000" }, { PORT: "5000" })).toMatchObject({ env: { port: 4000 } });
  expect(readEnv({ PORT: "" }, { PORT: "5000" })).toMatchObject({ env: { port: 3000 } });
});

describe("each bad value gets a sentence that names the setting and what it wants", () => {
  test.each([
    [{ PORT: "abc" }, /^PORT must be a port number/],
    [{ PORT: "70000" }, /^PORT must be a port number/],
    [{ DATABASE_URL: "mysql://x" }, /^DATABASE_URL must be an address such as postgresql:/],
    [{ DATABASE_URL: database.DATABASE_URL }, /DATABASE_URL needs DATABASE_ADMIN_URL/],
    [{ DATABASE_ADMIN_URL: database.DATABASE_URL }, /DATABASE_URL is not/],
    [{ ...serious, DATABASE_URL: serious.DATABASE_ADMIN_URL }, /sign in as the same role/],
    [{ SMTP_URL: "smtp://" }, /^SMTP_URL must be an address such as smtp:/],
    [{ PUBLIC_URL: "pay.example.com" }, /^PUBLIC_URL must be an address/],
    [{ PUBLIC_URL: "https://example.com/pay" }, /without a path/],
    [{ APP_KEY: "short" }, /^APP_KEY must be at least 32/],
    [{ ...stripe("test"), STRIPE_SECRET_KEY: "pk_test_abc" }, /^STRIPE_SECRET_KEY must be a secret key/],
    [{ ...stripe("test"), STRIPE_PUBLISHABLE_KEY: "sk_test_abc" }, /^STRIPE_PUBLISHABLE_KEY must be a publishable key/],
    [{ ...stripe("test"), STRIPE_WEBHOOK_SECRET: "abc" }, /^STRIPE_WEBHOOK_SECRET must be/],
    [{ STRIPE_SECRET_KEY: "sk_test_abc" }, /STRIPE_PUBLISHABLE_KEY and STRIPE_WEBHOOK_SECRET are missing/],
    [{ ...stripe("test"), STRIPE_SECRET_KEY: "sk_live_abc" }, /different modes/],
    [{ SMTP_URL: "mail.example.com" }, /^SMTP_URL must be an address such as smtp:/],
    [{ MAIL_FROM: "billing" }, /^MAIL_FROM must be an e-mail address/],
    [{ REDIS_URL: "localhost" }, /^REDIS_URL must be an address such as redis:/],
    [{ DEMO: "no" }, /^DEMO must be 0 or 1/],
    [{ REQUESTS_PER_MINUTE: "0" }, /^REQUESTS_PER_MINUTE must be a whole number/],
    [{ FAULT_POINT: "lunch" }, /^FAULT_POINT must be one of before-processor-call/],
    [{ ...serious, FAULT_POINT: "inside-posting" }, /FAULT_POINT kills the process/],
  ])("%j", (given, sentence) => {
    const found = problems(given as unknown as Record<string, string>);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(sentence);
  });
});

describe("a wrong name in .env is noticed", () => {
  test.each([
    [{ STRIPE_SECRET: "x" }, /STRIPE_SECRET is not a setting/],
    [{ STRIPE_SECERT_KEY: "x" }, /Did you mean STRIPE_SECRET_KEY\?/],
    [{ STRIPE_SOMETHING_ELSE: "x" }, /The Stripe settings are STRIPE_SECRET_KEY, /],
    [{ DATABASE_URI: "x" }, /Did you mean DATABASE_URL\?/],
    [{ database_url: "x" }, /Did you mean DATABASE_URL\?/],
    [{ PUBLICURL: "x" }, /Did you mean PUBLIC_URL\?/],
    [{ PROT: "x" }, /Did you mean PORT\?/],
  ])("%j", (file, sentence) => {
    expect(problems({}, file as unknown as Record<string, string>)[0]).toMatch(sentence);
  });

  test("a stranger is said to change nothing, and does not stop the start", () => {
    expect(readEnv({}, { COMPOSE_PROJECT_NAME: "x" })).toMatchObject({
      ok: true,
      notices: [expect.stringMatching(/COMPOSE_PROJECT_NAME/)],
    });
  });

  test("the process's own environment is other programs' business too", () => {
    expect(problems({ PATH: "/bin", HOST: "x", STRIPE_API_VERSION: "x" })).toEqual([]);
    expect(problems({ STRIPE_SECRET_KY: "x" })[0]).toMatch(/Did you mean STRIPE_SECRET_KEY\?/);
  });
});

describe("what is made for trying out never stands where strangers or real money are", () => {
  const quiet = { DEMO: "0", SMTP_URL: "smtp://mail.example.com" };
  test.each([
    ["known passwords with a database", { ...serious, DEMO: "1" }, /passwords.*Set DEMO=0, or ALLOW_DEMO=1/],
    ["known passwords with live keys", { ...stripe("live"), SMTP_URL: quiet.SMTP_URL }, /live key.*passwords/],
    [
      "known passwords in public",
      { PUBLIC_URL: "https://pay.example.com", ...stripe("test"), SMTP_URL: quiet.SMTP_URL },
      /public https.*passwords/,
    ],
    ["readable mail with a database", { ...serious, SMTP_URL: "" }, /\/dev\/mail.*Set SMTP_URL, or ALLOW_DEV_MAIL=1/],
    ["readable mail with live keys", { ...stripe("live"), DEMO: "0" }, /live key.*\/dev\/mail/],
    [
      "readable mail in public",
      { PUBLIC_URL: "https://pay.example.com", ...stripe("test"), DEMO: "0" },
      /public https.*\/dev\/mail/,
    ],
    ["the stand-in with a database", { ...database, ...quiet }, /play money.*ALLOW_SANDBOX=1/],
    ["the stand-in in public", { PUBLIC_URL: "https://pay.example.com", ...quiet }, /play money/],
  ])("%s is refused with the reason", (_, given, sentence) => {
    const found = problems(given);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(sentence);
  });

  test("asked for by name, all three are given", () => {
    expect(problems({ ...database, ALLOW_DEMO: "1", ALLOW_DEV_MAIL: "1", ALLOW_SANDBOX: "1" })).toEqual([]);
  });

  test("https on this very machine is not public", () => {
    for (const host of ["localhost:3000", "127.0.0.1", "pay.localhost", "[::1]:3000"])
      expect(problems({ PUBLIC_URL: `https://${host}` })).toEqual([]);
  });
});

test(".env.example lists every setting and is itself a good .env", () => {
  const text = readFileSync(resolve(import.meta.dirname, "../../.env.example"), "utf8");
  const listed = [...text.matchAll(/^#?\s?([A-Z_]+)=/gm)].map((match) => match[1]);
  expect(listed.sort()).toEqual(Object.keys(settingsShape).sort());
  expect(problems({}, parseEnv(text) as Record<string, string>)).toEqual([]);
});
