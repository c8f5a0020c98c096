import { type APIRequestContext, type Browser, expect, test } from "@playwright/test";

import { ROUTE_POLICY, type RouteRule } from "../../app/contracts/route-policy.ts";
import { signIn } from "../live/people.ts";
import { type Address, fill, type Ids, listAddresses, readIds } from "./addresses.ts";

type Who = "anonymous" | "customer" | "rep" | "supervisor" | "admin";
const ROLES = ["rep", "supervisor", "admin"] as const;
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

async function doors(browser: Browser): Promise<Record<Who, APIRequestContext>> {
  const open = async (who: Exclude<Who, "anonymous">) =>
    (await signIn(browser, `${who}@demo.test`, PASSWORD)).context.request;
  return {
    anonymous: (await browser.newContext()).request,
    customer: await open("customer"),
    rep: await open("rep"),
    supervisor: await open("supervisor"),
    admin: await open("admin"),
  };
}

/** What the table says of somebody at a door: in, to sign-in, to their own place, or as if it did not exist. */
function expected(rule: RouteRule, who: Who): "in" | "sign-in" | "away" | "missing" | "not-theirs" {
  if (who === "anonymous") return rule.anonymous ? "in" : "sign-in";
  if (who === "customer") return rule.customer === false ? "missing" : "in";
  if (rule.staff === false) return "away";
  return ROLES.indexOf(who) >= ROLES.indexOf(rule.staff) ? "in" : "not-theirs";
}

async function outcome(door: APIRequestContext, path: string) {
  const answer = await door.get(path, { maxRedirects: 0 });
  const to = answer.headers()["location"] ?? "";
  const status = answer.status();
  if (to.startsWith("/sign-in")) return "sign-in";
  if (status === 302 && to === "/console") return "away";
  if (status === 404) return "missing";
  if (status === 403) return "not-theirs";
  if (status === 401) return "sign-in";
  return status < 400 ? "in" : `status ${String(status)}`;
}

const addresses = listAddresses().filter(({ file }) => !ELSEWHERE.includes(file) && !file.startsWith("routes/dev/ui"));

test("every route lets in whom the policy table names, and nobody else", async ({ browser }) => {
  const [who, ids] = await Promise.all([doors(browser), readIds()]);
  const wrong: string[] = [];
  for (const { file, path } of addresses) {
    const own = fill(path, ids.own);
    if (own === null) {
      wrong.push(`${path}: nothing stands for its parameter`);
      continue;
    }
    const rule = ROUTE_POLICY[file];
    for (const [name, door] of Object.entries(who) as [Who, APIRequestContext][]) {
      const [wanted, got] = [rule ? expected(rule, name) : "no rule", await outcome(door, own)];
      const same =
        wanted === got || (file === "routes/index.tsx" && wanted === "in") || (rule?.anonymous && got === "away");
      if (!same) wrong.push(`${name} at ${own}: ${got}, the table says ${wanted}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("what is somebody else's looks exactly like what does not exist", async ({ browser }) => {
  const { context } = await signIn(browser, "customer@demo.test", PASSWORD);
  const ids: Ids = await readIds();
  const told: string[] = [];
  const portal = addresses.filter(({ file, path }: Address) => file.startsWith("routes/portal") && path.includes(":"));
  expect(portal.length).toBeGreaterThanOrEqual(6);
  for (const { path } of portal) {
    const ask = async (which: keyof Ids) =>
      (await context.request.get(fill(path, ids[which]) ?? "", { maxRedirects: 0 })).status();
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
