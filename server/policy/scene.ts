import { randomUUID } from "node:crypto";

import { eq } from "drizzle-orm";
import sharp from "sharp";

import { currency } from "#app/contracts/currency.ts";
import { localDate } from "#app/contracts/local-date.ts";
import { accountPeople, type AccountRight, logins, paymentMethods, sessions as sessionRows } from "#db/schema/index.ts";
import { type TestDatabase } from "#db/testing/index.ts";
import { createAccounts, inviteCustomer, readActor, saveContact } from "#server/domains/accounts/index.ts";
import { createSessions } from "#server/domains/auth/index.ts";
import { openConversation } from "#server/domains/conversations/index.ts";
import { fileDispute } from "#server/domains/disputes/index.ts";
import { storeUpload } from "#server/domains/files/index.ts";
import { issueInvoice } from "#server/domains/invoices/index.ts";
import { ensurePayLink, openPayLink } from "#server/domains/pay-links/index.ts";
import { recordManualPayment } from "#server/domains/payments/index.ts";
import { offerPlan } from "#server/domains/plans/index.ts";
import { type Actor } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";

/** Everything of one account that a command can be asked about. */
export type Things = Record<
  | "accountId"
  | "loginId"
  | "invoiceId"
  | "methodId"
  | "paymentId"
  | "planId"
  | "disputeId"
  | "conversationId"
  | "fileId"
  | "contactId"
  | "inviteId",
  string
>;

export type Role =
  | "anonymous"
  | "guest"
  | "customer A"
  | "payer"
  | "viewer"
  | "customer B"
  | "rep"
  | "supervisor"
  | "admin"
  | "suspended"
  | "expired";

type World = { t: TestDatabase; ctx: Ctx };

const blank = { create: { width: 2, height: 2, channels: 3 as const, background: "white" } };

let count = 0;

/** A login with a session of its own, read back from its cookie exactly as pages and sockets do. */
export async function signIn(
  { t }: World,
  {
    role,
    accountId,
    right,
  }: { role: "customer" | "rep" | "supervisor" | "admin"; accountId?: string; right?: AccountRight },
) {
  count += 1;
  const [row] = await t.db
    .insert(logins)
    .values({ email: `who-${String(count)}@test.test`, name: `Who ${String(count)}`, role })
    .returning();
  const loginId = present(row, "a login").id;
  if (accountId && right) await t.db.insert(accountPeople).values({ accountId, loginId, right });
  const sessions = createSessions({ db: t.db, secure: false });
  const cookie = await sessions.open({ loginId, role }, { userAgent: null, ip: null, cookieHeader: null });
  const cookieHeader = present(cookie.split(";")[0], "a cookie");
  const actor = async (): Promise<Actor> => (await readActor({ db: t.db, sessions, cookieHeader })).actor;
  return { loginId, actor };
}

const unwrap = <T>(result: { ok: true; value: T } | { ok: false; reason: string }): T => {
  if (!result.ok) throw new Error(result.reason);
  return result.value;
};

type Home = { accountId: string; key: string; asManager: Ctx };

const bill = async ({ ctx }: World, { accountId, key }: Omit<Home, "asManager">, name: string) =>
  unwrap(
    await issueInvoice({
      ctx,
      input: {
        ...{ accountId, issuedOn: localDate("2026-11-01"), dueOn: localDate("2026-11-20") },
        ...{ idempotencyKey: `${key} ${name}`, lines: [{ description: "Water", unitPrice: "500.00" }] },
      },
    }),
  ).invoiceId;

/** What money has been at: a bill with a check on it and a dispute, a saved card, a plan of another bill. */
async function furnishMoney(world: World, home: Home) {
  const { ctx, t } = world;
  const { accountId, key, asManager } = home;
  const [invoiceId, planned] = [await bill(world, home, "asked about"), await bill(world, home, "planned")];
  const [method] = await t.db
    .insert(paymentMethods)
    .values({
      ...{ accountId, processorId: `pm_${key}`, kind: "card", last4: "4242", brand: "visa" },
      ...{ expMonth: 12, expYear: 2034 },
    })
    .returning();
  const check = await recordManualPayment({
    ctx,
    input: {
      ...{ accountId, kind: "check", amountMinor: 20_00n, receivedOn: localDate("2026-11-20"), reference: "7" },
      ...{ bills: [{ invoiceId, amountMinor: 20_00n }], idempotencyKey: `${key} check` },
    },
  });
  const plan = await offerPlan({
    ctx,
    input: {
      ...{ accountId, invoiceIds: [planned], downMinor: 100_00n, instalments: 3, every: "month" },
      ...{ firstOn: localDate("2026-12-15"), conversationId: null, countersId: null, note: null },
      ...{ seenVersion: null, idempotencyKey: `${key} plan` },
    },
  });
  const dispute = await fileDispute({
    ctx: asManager,
    input: {
      ...{ accountId, invoiceId, lineId: null, amountMinor: 50_00n, reason: "other", description: "Too much." },
      ...{ fileIds: [], clientKey: randomUUID() },
    },
  });
  return {
    ...{ invoiceId, methodId: present(method, "a method").id, paymentId: unwrap(check).paymentId },
    ...{ planId: unwrap(plan).planId, disputeId: unwrap(dispute).disputeId },
  };
}

/** What people have been at: a thread, a file, a contact, an invitation. */
async function furnishWords({ ctx }: World, { accountId, key, asManager }: Home) {
  const thread = await openConversation({ ctx: asManager, input: { subject: "general", accountId, title: key } });
  const bytes = await sharp(blank).png().toBuffer();
  const file = await storeUpload({ ctx: asManager, input: { accountId, name: "meter.png", bytes } });
  const contact = await saveContact({
    ctx,
    input: {
      ...{ accountId, contactId: null, expectedVersion: 1 },
      draft: { name: "Ann", email: null, phone: null, note: null, isPrimary: false },
    },
  });
  const invite = await inviteCustomer({
    ctx,
    input: { accountId, email: `invited${String(count)}@test.test`, right: "view" },
  });
  return {
    ...{ conversationId: unwrap(thread).conversation.id, fileId: unwrap(file).id },
    ...{ contactId: unwrap(contact).contactId, inviteId: unwrap(invite).inviteId },
  };
}

/** An account whose manager signs in, with one of everything. */
export async function furnish(world: World): Promise<Things> {
  const { ctx } = world;
  count += 1;
  const key = `scene ${String(count)}`;
  const draft = { number: `S-${String(count)}`, name: key, email: `s${String(count)}@test.test` };
  const [account] = unwrap(
    await createAccounts({ ctx, input: { accounts: [{ ...draft, currency: currency("USD"), zone: "UTC" }] } }),
  );
  const accountId = present(account, "an account").id;
  const manager = await signIn(world, { role: "customer", accountId, right: "manage" });
  const home = { accountId, key, asManager: { ...ctx, actor: await manager.actor() } };
  const money = await furnishMoney(world, home);
  return { accountId, loginId: manager.loginId, ...money, ...(await furnishWords(world, home)) };
}

export const nothing = (): Things => {
  const id = () => randomUUID();
  return {
    ...{ accountId: id(), loginId: id(), invoiceId: id(), methodId: id(), paymentId: id(), planId: id() },
    ...{ disputeId: id(), conversationId: id(), fileId: id(), contactId: id(), inviteId: id() },
  };
};

/** Everybody who can ask: customer A manages `own`, customer B `foreign`; each as their cookie, or link, makes them. */
export async function people(
  world: World,
  { own, foreign }: { own: Things; foreign: Things },
): Promise<Record<Role, Actor>> {
  const { ctx, t } = world;
  const of = (right: AccountRight, accountId = own.accountId) => signIn(world, { role: "customer", accountId, right });
  const staff = async (role: "rep" | "supervisor" | "admin") => (await signIn(world, { role })).actor();
  const [suspended, expired] = [await of("manage"), await of("manage")];
  await t.db.update(logins).set({ suspendedAt: ctx.now }).where(eq(logins.id, suspended.loginId));
  await t.db
    .update(sessionRows)
    .set({ absoluteExpiresAt: new Date(Date.now() - 1) })
    .where(eq(sessionRows.userId, expired.loginId));
  const { accountId, invoiceId } = own;
  const link = present(await ensurePayLink({ ctx, input: { accountId, invoiceId } }), "a pay link");
  const guest = await openPayLink(ctx, link.path.replace("/p/", ""));
  if (guest?.state !== "living") throw new Error("the scene's pay link does not open");
  return {
    anonymous: { kind: "anonymous" },
    guest: guest.guest,
    "customer A": await (await of("manage")).actor(),
    payer: await (await of("pay")).actor(),
    viewer: await (await of("view")).actor(),
    "customer B": await (await of("manage", foreign.accountId)).actor(),
    rep: await staff("rep"),
    supervisor: await staff("supervisor"),
    admin: await staff("admin"),
    suspended: await suspended.actor(),
    expired: await expired.actor(),
  };
}
