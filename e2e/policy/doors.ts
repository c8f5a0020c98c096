import { randomUUID } from "node:crypto";

import { type APIRequestContext, type Browser } from "@playwright/test";
import { eq, ne } from "drizzle-orm";

import { accountPeople, accounts, logins, sessions as sessionRows } from "../../db/schema/index.ts";
import { withDatabase } from "../../server/cli/with-database.ts";
import { createSessions } from "../../server/domains/auth/index.ts";
import { OWN } from "./addresses.ts";

export const WHO = [
  ...(["anonymous", "suspended", "expired", "customer", "viewer", "customer B"] as const),
  ...(["rep", "supervisor", "admin"] as const),
];
export type Who = (typeof WHO)[number];
export const ROLES = ["rep", "supervisor", "admin"] as const;

/** Somebody of each kind with a session of their own in the running server's database, and what they ask with. */
export async function openDoors(browser: Browser): Promise<Record<Who, APIRequestContext>> {
  const cookies = await withDatabase("e2e", async ({ db }) => {
    const [own] = await db.select().from(accounts).where(eq(accounts.number, OWN));
    const [foreign] = await db.select().from(accounts).where(ne(accounts.number, OWN)).limit(1);
    const sessions = createSessions({ db, secure: false });
    const make = async (who: Exclude<Who, "anonymous">) => {
      const staff = ROLES.find((role) => role === who);
      const name = `${who} ${randomUUID().slice(0, 8)}`;
      const values = { email: `${name.replaceAll(" ", "-")}@e2e.test`, name, role: staff ?? ("customer" as const) };
      const [login] = await db.insert(logins).values(values).returning();
      const loginId = login?.id ?? "";
      const accountId = (who === "customer B" ? foreign : own)?.id ?? "";
      const right = who === "viewer" ? "view" : "manage";
      if (!staff) await db.insert(accountPeople).values({ accountId, loginId, right });
      const from = { userAgent: null, ip: null, cookieHeader: null };
      const cookie = await sessions.open({ loginId, role: values.role }, from);
      if (who === "suspended") await db.update(logins).set({ suspendedAt: new Date() }).where(eq(logins.id, loginId));
      const past = { absoluteExpiresAt: new Date(Date.now() - 1) };
      if (who === "expired") await db.update(sessionRows).set(past).where(eq(sessionRows.userId, loginId));
      return [who, /session=([^;]+)/.exec(cookie)?.[1] ?? ""] as const;
    };
    return Promise.all(WHO.filter((who) => who !== "anonymous").map(make));
  });
  const url = process.env["REMIT_E2E_URL"] ?? "";
  const open = async (cookie?: string) => {
    const context = await browser.newContext();
    if (cookie !== undefined) await context.addCookies([{ name: "session", value: cookie, url }]);
    return context.request;
  };
  const signedIn = await Promise.all(cookies.map(async ([who, cookie]) => [who, await open(cookie)] as const));
  // One for each of WHO: the others were made just above.
  return Object.fromEntries([["anonymous", await open()], ...signedIn]) as Record<Who, APIRequestContext>;
}
