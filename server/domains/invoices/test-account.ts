import { sql } from "drizzle-orm";

import { currency } from "#app/contracts/currency.ts";
import { localDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { type Db, type DbOrTx, type Tx } from "#db/client.ts";
import { type ActionKind, accounts, logins, type LoginRole, payments } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { startAction } from "#server/domains/ledger/index.ts";
import { type Actor } from "#server/platform/actor.ts";
import { createKeys } from "#server/platform/app-key.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { issueInvoice } from "./issue-invoice.ts";
import { payBills } from "./pay-bills.ts";
import { type BillAmount, type Cash } from "./sheet-payment.ts";
import { type Step } from "./sheet.ts";

/** For tests: an account with small numbers, and the facts that people read off it. */
export const USD = currency("USD");
export const TODAY = localDate("2026-11-23");
export const NOW = new Date("2026-11-23T10:00:00Z");

let counter = 0;
export const freshKey = (prefix = "k"): string => `${prefix}-${++counter}`;

export function testCtx(db: DbOrTx, actor: Actor = { kind: "system", name: "test" }): Ctx {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const unused = (): never => {
    throw new Error("not used in this test");
  };
  return {
    db,
    actor,
    now: NOW,
    requestId: "test",
    // The sub-ledger never speaks to the processor.
    processor: { mode: "sandbox" } as Ctx["processor"],
    files: { put: unused, get: unused, remove: unused },
    log,
    publicUrl: "http://localhost",
    keyFor: createKeys("test"),
  };
}

export async function testLogin(db: Db, role: LoginRole): Promise<string> {
  const email = `${freshKey(role)}@test.test`;
  const [row] = await db
    .insert(logins)
    .values({ email, name: `A ${role}`, role })
    .returning();
  return present(row, "login").id;
}

export async function testStaff(
  db: Db,
  role: Exclude<LoginRole, "customer">,
): Promise<Extract<Actor, { kind: "staff" }>> {
  const loginId = await testLogin(db, role);
  return { kind: "staff", loginId, name: `A ${role}`, email: `${role}@test.test`, locale: "en-US", role };
}

export async function testAccount(db: Db): Promise<string> {
  const number = freshKey("A");
  const [row] = await db.insert(accounts).values({ number, name: number, currency: USD, zone: "UTC" }).returning();
  const accountId = present(row, "account").id;
  return accountId;
}

type TestBill = { total: bigint; tax?: bigint; dueOn?: string; issuedOn?: string };

/** A bill of one line; amounts in minor units, `tax` within the total. */
export async function testBill(db: DbOrTx, accountId: string, bill: TestBill): Promise<string> {
  const tax = bill.tax ?? 0n;
  const net = (bill.total - tax).toString().padStart(3, "0");
  const issued = await issueInvoice({
    ctx: testCtx(db),
    input: {
      accountId,
      issuedOn: localDate(bill.issuedOn ?? "2026-10-01"),
      dueOn: localDate(bill.dueOn ?? "2026-11-01"),
      lines: [{ description: "Water", unitPrice: `${net.slice(0, -2)}.${net.slice(-2)}`, taxMinor: tax }],
      idempotencyKey: freshKey("bill"),
    },
  });
  if (!issued.ok) throw new Error(issued.reason);
  return issued.value.invoiceId;
}

export async function testStep(
  db: DbOrTx,
  { accountId, kind, amount = 1n, day = TODAY }: { accountId: string; kind: ActionKind; amount?: bigint; day?: string },
): Promise<Step> {
  const started = await startAction(db, {
    kind,
    state: "done",
    accountId,
    amount: money(amount, USD),
    makerLoginId: null,
    idempotencyKey: freshKey("act"),
    input: {},
    occurredOn: localDate(day),
  });
  if (!started.ok) throw new Error(started.reason);
  return { actionId: started.action.id, occurredOn: localDate(day), occurredAt: NOW };
}

type TestPayment = { amount: bigint; bills: readonly BillAmount[]; day?: string; cash?: Partial<Cash> };

/** A settled payment row and its allocation. */
export async function testPayment(tx: DbOrTx, accountId: string, payment: TestPayment) {
  const { amount, day = TODAY } = payment;
  return withTransaction(tx, async (inner: Tx) => {
    const step = await testStep(inner, { accountId, kind: "payment", amount, day });
    const [row] = await inner
      .insert(payments)
      .values({
        accountId,
        actionId: step.actionId,
        state: "settled",
        kind: "card",
        currency: USD,
        amountMinor: amount,
        capturedMinor: amount,
        requestedAt: NOW,
        settledAt: NOW,
        settledOn: localDate(day),
        methodLabel: "Visa ··4242",
      })
      .returning();
    const paymentId = present(row, "payment").id;
    const cash = { journal: "payment_settled" as const, account: "clearing" as const, ...payment.cash };
    const paid = await payBills(inner, { step, paymentId, accountId, amountMinor: amount, bills: payment.bills, cash });
    return { paymentId, ...paid };
  });
}

/** What must hold of every account after anything (I11), read from the tables; empty when it does. */
export async function findBroken(db: DbOrTx): Promise<string[]> {
  const rows = await db.execute<{ broken: string }>(sql`
    select 'held above open: ' || number as broken from invoices where held_minor > open_minor
    union all
    select 'allocations disagree: ' || i.number from invoices i
    where (i.paid_minor, i.credited_minor, i.written_off_minor) <> (
      select coalesce(sum(amount_minor) filter (where effect = 'paid'), 0),
        coalesce(sum(amount_minor) filter (where effect = 'credited'), 0),
        coalesce(sum(amount_minor) filter (where effect = 'written_off'), 0)
      from allocations where invoice_id = i.id)
    union all
    select 'receivable disagrees: ' || a.number from accounts a
    where (select coalesce(sum(open_minor), 0) from invoices where account_id = a.id)
      <> coalesce((select balance_minor from ledger_accounts where account_id = a.id and kind = 'receivable'), 0)
    union all
    select 'unapplied disagrees: ' || a.number from accounts a
    where (select coalesce(sum(left_minor), 0) from open_credits where account_id = a.id)
      <> coalesce((select balance_minor from ledger_accounts where account_id = a.id and kind = 'unapplied'), 0)
    union all
    select 'entries disagree: ' || l.id from ledger_accounts l where l.account_id is not null and l.balance_minor <>
      (select coalesce(sum(amount_minor), 0) * case l.kind when 'receivable' then 1 else -1 end
       from entries where ledger_account_id = l.id)
    union all
    select 'settled_on disagrees: ' || number from invoices where (open_minor = 0) <> (settled_on is not null)
    union all
    select 'claim changes disagree: ' || c.id from claims c
    where c.held_minor <> (select coalesce(sum(held_delta_minor), 0) from claim_changes where claim_id = c.id)
    union all
    select 'an allocation has another journal: ' || al.id from allocations al join journals j on j.number = al.journal_number
    where j.occurred_on <> al.occurred_on`);
  return rows.map((row) => row.broken);
}

/** A bill as `total = paid + credited + written off + open`, and what is held, in minor units. */
export async function billParts(db: DbOrTx, invoiceId: string) {
  const [row] = await db.execute<Record<"paid" | "credited" | "written" | "open" | "held", string>>(sql`
    select paid_minor::text as paid, credited_minor::text as credited, written_off_minor::text as written,
      open_minor::text as open, held_minor::text as held
    from invoices where id = ${invoiceId}`);
  const parts = present(row, "bill");
  return {
    paid: BigInt(parts.paid),
    credited: BigInt(parts.credited),
    written: BigInt(parts.written),
    open: BigInt(parts.open),
    held: BigInt(parts.held),
  };
}
