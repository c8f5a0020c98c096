import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { findLoginByEmail } from "#server/domains/auth/index.ts";
import { findBusiness } from "#server/domains/business/index.ts";

let t: TestDatabase;
let folder: string;
beforeAll(async () => {
  t = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), "remit-cli-"));
});
afterAll(async () => {
  await t.drop();
  rmSync(folder, { recursive: true, force: true });
});

type Said = { code: number | null; out: string; err: string };

/** A command as somebody types it, on this test's database, with `input` piped in. */
function run(command: "staff" | "setup", words: readonly string[], input = ""): Promise<Said> {
  const settings = { DATABASE_URL: t.url, DATABASE_ADMIN_URL: t.adminUrl, DATA_DIR: folder, DEMO: "0" };
  const child = spawn(process.execPath, ["server/cli/run.js", command, ...words], {
    cwd: resolve(import.meta.dirname, "../.."),
    env: {
      NODE_ENV: "test",
      PATH: process.env["PATH"],
      HOME: folder,
      ALLOW_DEV_MAIL: "1",
      ALLOW_SANDBOX: "1",
      ...settings,
    },
  });
  child.stdin.end(input);
  let [out, err] = ["", ""];
  child.stdout.on("data", (part: Buffer) => (out += part.toString()));
  child.stderr.on("data", (part: Buffer) => (err += part.toString()));
  return new Promise((settle, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      settle({ code, out, err });
    });
  });
}

const create = (email: string, role: string, more: readonly string[] = []) =>
  ["create", "--email", email, "--name", "Ann Lee", "--role", role, ...more] as const;

it("a member of the staff is made once, whatever the case of the address", async () => {
  const made = await run("staff", create("Ann@Harbor.test", "admin", ["--password-stdin"]), "a long harbour walk\n");
  expect(made).toEqual({ code: 0, out: "Ann Lee is an admin and signs in with the password.\n", err: "" });
  expect(await findLoginByEmail(t.db, "ann@harbor.test")).toMatchObject({ role: "admin", name: "Ann Lee" });
  const again = await run("staff", create("ANN@harbor.test", "rep"));
  expect(again).toEqual({ code: 1, out: "", err: "Somebody signs in with this e-mail address already.\n" });
});

it("signs that nobody sees are taken out of what is typed, as they are out of forms", async () => {
  const hidden = ["create", "--email", "lea@harbor.test", "--name", "Le\u200ba \u202eCohen", "--role", "rep"];
  expect(await run("staff", hidden)).toMatchObject({ code: 0 });
  expect(await findLoginByEmail(t.db, "lea@harbor.test")).toMatchObject({ name: "Lea Cohen" });
  const setup = ["--name", "Harbor\u200e Water\u202c", "--zone", "America/New_York"];
  expect(await run("setup", setup)).toMatchObject({ code: 0 });
  expect(await findBusiness(t.db)).toMatchObject({ name: "Harbor Water" });
});

it.each([
  [create("x", "boss"), "", "--role: Choose a role"],
  [create("b@harbor.test", "rep", ["--password-stdin"]), "short\n", "The password needs at least"],
  [["suspend", "--email", "ann@harbor.test"], "", "This is the last admin"],
  [["dismiss"], "", "Usage:"],
])("%j is answered with a sentence and the code 1", async (words, input, sentence) => {
  const said = await run("staff", words, input);
  expect(said).toMatchObject({ code: 1, out: "" });
  expect(said.err).toContain(sentence);
  expect(said.err).not.toMatch(/^\s+at /m);
});

it("set-up by flags says who bills; what a flag does not name stays", async () => {
  const first = await run("setup", [
    "--name",
    "Harbor Water",
    "--zone",
    "America/New_York",
    "--payment-term-days",
    "21",
  ]);
  expect(first).toMatchObject({ code: 0, err: "" });
  expect(first.out).toContain("Harbor Water bills in USD");
  expect(await run("setup", ["--terms", "Pay in time."])).toMatchObject({ code: 0 });
  const saved = { name: "Harbor Water", zone: "America/New_York", paymentTermDays: 21, terms: "Pay in time." };
  expect(await findBusiness(t.db)).toMatchObject(saved);
});
