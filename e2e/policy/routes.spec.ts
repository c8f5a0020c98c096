import { readFileSync } from "node:fs";
import { join } from "node:path";

import { type APIRequestContext } from "@playwright/test";

import { ROUTE_POLICY, type RouteRule } from "../../app/contracts/route-policy.ts";
import { signIn } from "../live/people.ts";
import { type Address, fill, type Ids, listAddresses, readIds } from "./addresses.ts";
import { openDoors, ROLES, WHO, type Who } from "./doors.ts";
import { expect, test } from "../test.ts";

/** Posted to by machines, which prove themselves by signature or token. */
const BY_MACHINES = ["routes/auth/unsubscribe.tsx"];
const PASSWORD = "demo-remit-2026";

/** Addresses that only take posts, or whose parameter is a secret or an upload: asked by tests of their own. */
const ELSEWHERE = [
  "routes/auth/sign-out.tsx",
  "routes/theme.tsx",
  "routes/logo.ts",
  "routes/file.ts",
  "routes/auth/new-password.tsx",
  "routes/auth/invite.tsx",
  "routes/auth/email-link.tsx",
  "routes/pay/paid.tsx",
  "routes/pay/receipt-pdf.ts",
  "routes/pay/opened.ts",
  "routes/portal/bill-opened.ts",
  "routes/dev/mail/mail.tsx",
  "routes/console/imports/run.tsx",
  "routes/console/conversation-move.ts",
  "routes/console/conversation-credit.ts",
  "routes/console/dispute-decide.ts",
  "routes/console/dispute-step.ts",
];

const RIGHTS = ["own", "view", "pay", "manage"] as const;

/** What the table says of somebody at a door: in, to sign-in, to their own place, or as if it did not exist. */
function expected(rule: RouteRule, who: Who): "in" | "sign-in" | "away" | "missing" | "not-theirs" {
  if (who === "anonymous" || who === "suspended" || who === "expired") return rule.anonymous ? "in" : "sign-in";
  const role = ROLES.find((one) => one === who);
  if (role) {
    if (rule.staff === false) return "away";
    return ROLES.indexOf(role) >= ROLES.indexOf(rule.staff) ? "in" : "not-theirs";
  }
  if (rule.customer === false) return "missing";
  const right = who === "viewer" ? "view" : "manage";
  return RIGHTS.indexOf(right) >= RIGHTS.indexOf(rule.customer) ? "in" : "not-theirs";
}

async function outcome(door: APIRequestContext, path: string, post?: { origin: string }) {
  const answer = post
    ? await door.post(path, { maxRedirects: 0, headers: post, form: {} })
    : await door.get(path, { maxRedirects: 0 });
  const to = answer.headers()["location"] ?? "";
  const status = answer.status();
  if (to.startsWith("/sign-in")) return "sign-in";
  if (status === 302 && to === "/console") return "away";
  if (status === 404) return "missing";
  if (status === 403) return "not-theirs";
  if (status === 401) return "sign-in";
  // An empty form is no good one, and is told so by whoever lets it in.
  return status < 400 || (post && (status === 422 || status === 400)) ? "in" : `status ${String(status)}`;
}

const addresses = listAddresses().filter(({ file }) => !ELSEWHERE.includes(file) && !file.startsWith("routes/dev/ui"));

test("every route lets in whom the policy table names, and nobody else", async ({ browser }) => {
  const ids = await readIds();
  const who = await openDoors(browser);
  const wrong: string[] = [];
  test.setTimeout(300_000);
  const knock = async ({ file, path }: Address, name: Who) => {
    const rule = ROUTE_POLICY[file];
    const asked = fill(path, ids.own);
    if (asked === null) return void wrong.push(`${path}: nothing stands for its parameter`);
    // To another customer it is not there; nor is a thread to somebody on the account who neither wrote nor manages.
    const hidden = name === "customer B" || (name === "viewer" && path === "/messages/:number");
    const gone = file.startsWith("routes/portal/") && path.includes(":") && hidden;
    const wanted = gone ? "missing" : rule ? expected(rule, name) : "no rule";
    const got = await outcome(who[name], asked);
    const same =
      wanted === got || (file === "routes/index.tsx" && wanted === "in") || (rule?.anonymous && got === "away");
    if (!same) wrong.push(`${name} at ${asked}: ${got}, the table says ${wanted}`);
  };
  for (const address of addresses) await Promise.all(WHO.map((name) => knock(address, name)));
  expect(wrong).toEqual([]);
});

/** Ends the session that asks, answers everybody alike, or is proved by tests of its own with a token of theirs. */
const NO_DOOR = ["routes/auth/sign-out.tsx", "routes/theme.tsx", ...BY_MACHINES];
const posts = listAddresses().filter(
  ({ file }) => /export const action\b/.test(readFileSync(join("app", file), "utf8")) && !NO_DOOR.includes(file),
);

test("every action takes a form from whom the table lets in, and from nobody else", async ({ browser }) => {
  const ids = await readIds();
  const who = await openDoors(browser);
  const origin = new URL(process.env["REMIT_E2E_URL"] ?? "").origin;
  const wrong: string[] = [];
  expect(posts.length).toBeGreaterThan(45);
  for (const { file, posts: path } of posts) {
    const rule = ROUTE_POLICY[file];
    const [own, foreign, unknown] = [fill(path, ids.own), fill(path, ids.foreign), fill(path, ids.unknown)];
    if (!rule || own === null || foreign === null || unknown === null) continue;
    const knock = async (name: Who) => {
      const wanted = expected(rule, name);
      const got = await outcome(who[name], name === "customer B" ? foreign : own, { origin });
      // Past the door an empty form is no good one, or names nothing; what a right allows is the command's to decide.
      const same =
        wanted === "in" || wanted === "not-theirs" ? got !== "sign-in" && !got.startsWith("status 5") : wanted === got;
      const closed = wanted !== "not-theirs" || ROUTE_POLICY[file]?.customer !== false || got === "not-theirs";
      if (!(same && closed) && !(rule.anonymous && got !== "in")) {
        wrong.push(`${name} posts to ${own}: ${got}, the table says ${wanted}`);
      }
    };
    await Promise.all(WHO.map(knock));
    if (!file.startsWith("routes/portal/") || own === unknown) continue;
    for (const [which, asked, door] of [
      ["foreign", foreign, who.customer],
      ["unknown", unknown, who.customer],
      ["own of another", own, who["customer B"]],
    ] as const) {
      const got = await outcome(door, asked, { origin });
      if (got !== "missing") wrong.push(`a customer posts to ${which} ${asked}: ${got}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("what is somebody else's looks exactly like what does not exist", async ({ browser }) => {
  const ids: Ids = await readIds();
  const { customer } = await openDoors(browser);
  const told: string[] = [];
  const portal = addresses.filter(({ file, path }: Address) => file.startsWith("routes/portal") && path.includes(":"));
  expect(portal.length).toBeGreaterThanOrEqual(6);
  for (const { path } of portal) {
    const ask = async (which: keyof Ids) =>
      (await customer.get(fill(path, ids[which]) ?? "", { maxRedirects: 0 })).status();
    const [own, foreign, unknown] = [await ask("own"), await ask("foreign"), await ask("unknown")];
    if (own >= 400) told.push(`${path}: one's own answers ${String(own)}`);
    if (foreign !== 404 || unknown !== 404)
      told.push(`${path}: foreign ${String(foreign)}, unknown ${String(unknown)}`);
  }
  expect(told).toEqual([]);
});

test("nothing that changes something is taken from another site, or from nowhere", async ({ browser }) => {
  const { context, page } = await signIn(browser, "rep@demo.test", PASSWORD);
  const ids = await readIds();
  const taken: string[] = [];
  for (const { path } of listAddresses().filter(({ file }) => !BY_MACHINES.includes(file))) {
    const filled = fill(path, ids.own);
    if (filled === null) continue;
    for (const headers of [{ origin: "https://evil.example" }, { origin: "null" }, {}]) {
      const answer = await context.request.post(new URL(filled, page.url()).href, { headers, maxRedirects: 0 });
      if (answer.status() !== 403) taken.push(`${filled} with ${JSON.stringify(headers)}: ${String(answer.status())}`);
    }
  }
  expect(taken).toEqual([]);
});
