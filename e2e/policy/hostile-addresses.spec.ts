import { type APIRequestContext } from "@playwright/test";

import { fill, readIds } from "./addresses.ts";
import { openDoors } from "./doors.ts";
import { audience, HOSTILE, namesAsked, pages } from "./hostile.ts";
import { expect, test } from "../test.ts";

const NAMES = namesAsked();
const query = (value: string) => new URLSearchParams(NAMES.map((name) => [name, value])).toString();

/** What is answered with a failure of ours, of all that is asked. */
async function failing(door: APIRequestContext, paths: readonly string[]): Promise<string[]> {
  const statuses = await Promise.all(paths.map(async (path) => (await door.get(path, { maxRedirects: 0 })).status()));
  return paths.flatMap((path, at) => ((statuses[at] ?? 500) >= 500 ? [path.slice(0, 200)] : []));
}

test("whatever stands in a page's query, it is an answer and never a failure (S49, S50, S51)", async ({ browser }) => {
  test.setTimeout(400_000);
  expect(NAMES.length).toBeGreaterThan(30);
  const [ids, who] = [await readIds(), await openDoors(browser)];
  const failed: string[] = [];
  for (const page of pages) {
    const path = fill(page.path, ids.own);
    if (path === null) continue;
    failed.push(
      ...(await failing(
        who[audience(page)],
        HOSTILE.map((value) => `${path}?${query(value)}`),
      )),
    );
  }
  expect(failed).toEqual([]);
});

test("whatever stands for a page's number, id or token, nothing fails (S50)", async ({ browser }) => {
  await readIds();
  const who = await openDoors(browser);
  const failed: string[] = [];
  for (const page of pages.filter(({ path }) => path.includes(":"))) {
    const paths = HOSTILE.map((value) => page.path.replace(/:\w+/g, () => encodeURIComponent(value)));
    failed.push(...(await failing(who[audience(page)], paths)));
  }
  expect(failed).toEqual([]);
});
