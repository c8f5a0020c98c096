import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { fill, listAddresses, readIds } from "./addresses.ts";
import { openDoors } from "./doors.ts";
import { audience, intentsOf, namesSent } from "./hostile.ts";
import { expect, test } from "../test.ts";

const NAMES = namesSent();
// What ends the session that asks would let nothing after it in.
const wishesOf = (file: string) => ["", ...intentsOf(file).filter((name) => !name.startsWith("end_"))];
const actions = listAddresses().filter(
  ({ file }) =>
    /export const action\b/.test(readFileSync(join("app", file), "utf8")) &&
    !["routes/auth/sign-out.tsx", "routes/portal/accounts.tsx"].includes(file) &&
    !file.startsWith("routes/dev/"),
);

/** A value that a field may have by its name, so that the others are looked at. */
function plausible(name: string): string | null {
  if (/key$|id$|from|upTo|draft|^account$/i.test(name)) return randomUUID();
  if (/version/i.test(name)) return "1";
  if (/on$|day/i.test(name)) return "2026-12-15";
  if (/amount|fixed|minor/i.test(name)) return "1.00";
  return null;
}

const forms: readonly [string, (name: string) => string][] = [
  ["a zero byte in each text", (name) => plausible(name) ?? "\u0000"],
  ["SQL in each field", () => "'; drop table accounts; --"],
  ["the name of an object's inside in each field", () => "__proto__"],
];

/** Where a page's script posts to: the action alone answers. */
const dataPath = (path: string) => path.replace(/(?=\?|$)/, ".data");

test.describe("whatever an action is sent, it is an answer and never a failure (S49, S50)", () => {
  for (const [name, valueOf] of forms) {
    test(name, async ({ browser }) => {
      test.setTimeout(400_000);
      expect([NAMES.length > 100, actions.length > 45]).toEqual([true, true]);
      const [ids, who] = [await readIds(), await openDoors(browser)];
      const origin = new URL(process.env["REMIT_E2E_URL"] ?? "").origin;
      const failed: string[] = [];
      for (const action of actions) {
        const path = fill(action.posts, ids.own);
        if (path === null) continue;
        const fields = Object.fromEntries(NAMES.map((field) => [field, valueOf(field)]));
        const send = async (intent: string) => {
          const form = { ...fields, ...(intent === "" ? {} : { intent }) };
          const door = who[audience(action)];
          const answer = await door.post(dataPath(path), { headers: { origin }, form, maxRedirects: 0 });
          if (answer.status() >= 500) failed.push(`${path} ${intent}: ${String(answer.status())}`);
        };
        await Promise.all(wishesOf(action.file).map(send));
      }
      expect(failed).toEqual([]);
    });
  }

  test("a body that is no form", async ({ browser }) => {
    const [ids, who] = [await readIds(), await openDoors(browser)];
    const origin = new URL(process.env["REMIT_E2E_URL"] ?? "").origin;
    const failed: string[] = [];
    for (const action of actions) {
      const path = fill(action.posts, ids.own);
      if (path === null) continue;
      for (const type of ["application/json", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain"]) {
        const headers = { origin, "content-type": type };
        const data = '{"__proto__":{"role":"admin"}}';
        const answer = await who[audience(action)].post(dataPath(path), { headers, data, maxRedirects: 0 });
        if (answer.status() >= 500) failed.push(`${path} ${type}: ${String(answer.status())}`);
      }
    }
    expect(failed).toEqual([]);
  });
});
