import { randomUUID } from "node:crypto";

import { type APIRequestContext, type Browser } from "@playwright/test";

import { fill, readIds } from "./addresses.ts";
import { openDoors } from "./doors.ts";
import { audience, dataPath, hasAction, intentsOf, namesSent, pages } from "./hostile.ts";
import { expect, test } from "../test.ts";

const NAMES = namesSent();
// What ends the session that asks would let nothing after it in.
const wishesOf = (file: string) => ["", ...intentsOf(file).filter((name) => !name.startsWith("end_"))];
const ELSEWHERE = ["routes/auth/sign-out.tsx", "routes/portal/accounts.tsx"];
const actions = pages.filter((page) => hasAction(page) && !ELSEWHERE.includes(page.file));

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

type Body = { what: string } & Pick<Parameters<APIRequestContext["post"]>[1] & object, "form" | "data" | "headers">;

/** Sends each action the bodies made for it; which of them it answered with a failure of ours. */
async function failing(browser: Browser, bodiesOf: (file: string) => readonly Body[]): Promise<string[]> {
  const [ids, who] = [await readIds(), await openDoors(browser)];
  const origin = new URL(process.env["REMIT_E2E_URL"] ?? "").origin;
  const failed: string[] = [];
  for (const action of actions) {
    const path = fill(action.posts, ids.own);
    if (path === null) continue;
    const send = async ({ what, headers, ...body }: Body) => {
      const options = { ...body, headers: { origin, ...headers }, maxRedirects: 0 };
      const answer = await who[audience(action)].post(dataPath(path), options);
      if (answer.status() >= 500) failed.push(`${path} ${what}: ${String(answer.status())}`);
    };
    await Promise.all(bodiesOf(action.file).map(send));
  }
  return failed;
}

test.describe("whatever an action is sent, it is an answer and never a failure (S49, S50)", () => {
  for (const [name, valueOf] of forms) {
    test(name, async ({ browser }) => {
      test.setTimeout(400_000);
      expect([NAMES.length > 100, actions.length > 45]).toEqual([true, true]);
      const fields = () => Object.fromEntries(NAMES.map((field) => [field, valueOf(field)]));
      const bodiesOf = (file: string) =>
        wishesOf(file).map((intent) => ({ what: intent, form: { ...fields(), ...(intent === "" ? {} : { intent }) } }));
      expect(await failing(browser, bodiesOf)).toEqual([]);
    });
  }

  test("a body that is no form", async ({ browser }) => {
    const types = ["application/json", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain"];
    const data = '{"__proto__":{"role":"admin"}}';
    const bodies = types.map((what) => ({ what, data, headers: { "content-type": what } }));
    expect(await failing(browser, () => bodies)).toEqual([]);
  });
});
