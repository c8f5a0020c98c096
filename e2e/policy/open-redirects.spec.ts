import { type APIResponse } from "@playwright/test";

import { makeCast } from "../live/people.ts";
import { fill, readIds } from "./addresses.ts";
import { openDoors } from "./doors.ts";
import { audience, dataPath, hasAction, namesSent, pages } from "./hostile.ts";
import { expect, test } from "../test.ts";

const AWAY = ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example"];
const NAMES = namesSent();
const everywhere = (value: string) => Object.fromEntries(NAMES.map((name) => [name, value]));
const own = () => new URL(process.env["REMIT_E2E_URL"] ?? "");

/** Where an answer leads, if off our site: by its header, or as data for the page's script. */
async function leads(answer: APIResponse): Promise<string | null> {
  const to = answer.headers()["location"];
  if (to !== undefined) return new URL(to, answer.url()).origin === own().origin ? null : to;
  const text = answer.url().includes(".data") && answer.status() === 202 ? await answer.text() : "";
  return text.includes("evil.example") ? text.slice(0, 200) : null;
}

test("no address that a page is given leads off the site (S57)", async ({ browser }) => {
  test.setTimeout(300_000);
  const [ids, who] = [await readIds(), await openDoors(browser)];
  const headers = { origin: own().origin, referer: `${own().origin}//evil.example/` };
  const wrong: string[] = [];
  for (const page of pages) {
    const [path, posts] = [fill(page.path, ids.own), fill(page.posts, ids.own)];
    if (path === null || posts === null) continue;
    const ask = async (away: string) => {
      const query = new URLSearchParams(everywhere(away)).toString();
      for (const door of new Set([who.anonymous, who[audience(page)]])) {
        const answers = [await door.get(`${path}?${query}`, { maxRedirects: 0, headers })];
        if (hasAction(page)) {
          const form = everywhere(away);
          answers.push(await door.post(posts, { form, headers, maxRedirects: 0 }));
          answers.push(await door.post(dataPath(posts), { form, headers, maxRedirects: 0 }));
        }
        for (const answer of answers) {
          const to = await leads(answer);
          if (to !== null) wrong.push(`${path} given ${away}: ${to}`);
        }
      }
    };
    await Promise.all(AWAY.map(ask));
  }
  expect(wrong).toEqual([]);
});

test("whoever signs in comes to a page of ours, wherever the link to it pointed (S57)", async ({ browser }) => {
  const { customer: email, password } = await makeCast();
  const { request } = await browser.newContext();
  for (const to of AWAY) {
    const form = { intent: "password", email, password, to };
    const answer = await request.post("/sign-in", { form, headers: { origin: own().origin }, maxRedirects: 0 });
    expect([to, answer.status(), answer.headers()["location"]]).toEqual([to, 303, "/account"]);
  }
});

test("an address of ours with another host in it leads nowhere else (S57)", async ({ browser }) => {
  const { anonymous, customer } = await openDoors(browser);
  const wrong: string[] = [];
  for (const path of ["//evil.example", "//evil.example/..", "/%5Cevil.example", "/%2F%2Fevil.example", "//account"]) {
    for (const door of [anonymous, customer]) {
      const to = await leads(await door.get(`${own().origin}${path}`, { maxRedirects: 0 }));
      if (to !== null) wrong.push(`${path}: ${to}`);
    }
  }
  expect(wrong).toEqual([]);
});
