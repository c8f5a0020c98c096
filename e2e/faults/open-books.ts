import { asc, eq } from "drizzle-orm";
import postgres from "postgres";

import { currency } from "#app/contracts/currency.ts";
import { addDays } from "#app/contracts/local-date.ts";
import { openDatabase } from "#db/open-database.ts";
import {
  accounts,
  business,
  invoices,
  journals,
  mails,
  messages,
  payments,
  processorEvents,
} from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { createAccounts, grantAccess } from "#server/domains/accounts/index.ts";
import { createLogin } from "#server/domains/auth/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { openConversation } from "#server/domains/conversations/index.ts";
import { issueInvoice } from "#server/domains/invoices/index.ts";
import { proveBooks } from "#server/domains/reconciliation/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

export type Payer = { email: string; password: string; loginId: string; accountId: string; invoiceId: string };
export type Books = Awaited<ReturnType<typeof openBooks>>;

const password = "the-mill-on-the-floss-1860";

/** The books of a data folder, read and filled beside the server (or without it: a killed one leaves its database). */
export async function openBooks(dataDir: string) {
  const database = await openDatabase({ dataDir }, { max: 4 });
  const owner = postgres(database.adminUrl, { max: 1 });
  const { db } = database;
  const ctx = () => testCtx(db, { now: new Date() });
  return {
    nameBiller: (named: { name: string; phone: string; supportEmail: string }) =>
      db.insert(business).values({ ...named, zone: "UTC", currency: currency("USD") }),
    addPayer: (name: string) => addPayer({ ctx: ctx(), name }),
    async versionOf(accountId: string) {
      const [row] = await db.select({ version: accounts.version }).from(accounts).where(eq(accounts.id, accountId));
      return row?.version ?? 0;
    },
    attemptsOf: (accountId: string) => db.select().from(payments).where(eq(payments.accountId, accountId)),
    async billOf(invoiceId: string) {
      const { openMinor, heldMinor } = invoices;
      const [row] = await db.select({ openMinor, heldMinor }).from(invoices).where(eq(invoices.id, invoiceId));
      return row;
    },
    async journalsOf(actionId: string) {
      const { kind } = journals;
      return (await db.select({ kind }).from(journals).where(eq(journals.actionId, actionId)).orderBy(asc(kind))).map(
        (row) => row.kind,
      );
    },
    async receiptsOf(accountId: string) {
      const rows = await db.select().from(mails).where(eq(mails.accountId, accountId));
      return rows.filter((mail) => mail.kind === "receipt").length;
    },
    async openThread({ accountId, loginId }: Payer) {
      const input = { accountId, personLoginId: loginId, subject: "general" as const, title: "Questions" };
      const opened = await openConversation({ ctx: ctx(), input });
      if (!opened.ok) throw new Error(opened.reason);
      return opened.value.conversation;
    },
    async messagesOf(conversationId: string) {
      const { seq, body } = messages;
      const rows = db.select({ seq, body }).from(messages).where(eq(messages.conversationId, conversationId));
      return rows.orderBy(asc(seq));
    },
    /** Stored and answered, not worked off. */
    async waitingEvents() {
      const rows = await db.select().from(processorEvents);
      return rows.filter((event) => event.processedAt === null && event.parkedAt === null).map((event) => event.type);
    },
    /** What the stand-in charged for an attempt, also while nobody serves it. */
    async chargesOf(paymentId: string) {
      return owner<{ id: string; status: string }[]>`
        select id, doc->>'status' as status from stripe_sandbox.documents
        where kind = 'charge' and doc->'metadata'->>'payment_id' = ${paymentId}`;
    },
    /** What the stand-in has yet to tell: also what a killed process had taken in hand, which is told half a minute later. */
    async webhooksOnTheirWay() {
      const [row] = await owner<{ count: number }[]>`
        select count(*)::integer as count from stripe_sandbox.deliveries where state = 'pending'`;
      return row?.count ?? 0;
    },
    async brokenChecks() {
      const { checks } = await proveBooks({ ctx: ctx(), input: { asOf: null } });
      return checks.filter((check) => !check.ok);
    },
    async close() {
      await owner.end();
      await database.close();
    },
  };
}

/** Somebody who owes 100.00 and may pay it. */
async function addPayer({ ctx, name }: { ctx: ReturnType<typeof testCtx>; name: string }): Promise<Payer> {
  const email = `${name}@example.com`;
  const draft = { number: name, name, email, currency: currency("USD"), zone: "UTC" };
  const created = await createAccounts({ ctx, input: { accounts: [draft] } });
  const accountId = created.value[0]?.id ?? "";
  const login = await createLogin({ ctx, input: { email, name, role: "customer", password } });
  if (!login.ok) throw new Error(login.reason);
  await withTransaction(ctx.db, (tx) => grantAccess(tx, { accountId, loginId: login.value.id, right: "manage" }));
  const today = todayIn("UTC", ctx.now);
  const issued = await issueInvoice({
    ctx,
    input: {
      ...{ accountId, issuedOn: addDays(today, -20), dueOn: addDays(today, 10), idempotencyKey: `bill of ${name}` },
      lines: [{ description: "Water", unitPrice: "100.00" }],
    },
  });
  if (!issued.ok) throw new Error(issued.reason);
  return { email, password, loginId: login.value.id, accountId, invoiceId: issued.value.invoiceId };
}
