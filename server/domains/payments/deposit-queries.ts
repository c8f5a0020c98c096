import { and, asc, desc, eq, isNull, inArray, sql } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { money, type Money } from "#app/contracts/money.ts";
import { type DbOrTx } from "#db/client.ts";
import { accounts, deposits, logins, moneyActions, payments } from "#db/schema/index.ts";

export type Undeposited = {
  paymentId: string;
  accountNumber: string;
  accountName: string;
  label: string;
  amount: Money;
  receivedOn: LocalDate | null;
};

const MOST = 500;

/** Checks and cash that wait to be brought to the bank, oldest first; at most 500. */
export async function listUndeposited(db: DbOrTx): Promise<Undeposited[]> {
  const p = payments;
  const rows = await db
    .select({ payment: p, accountNumber: accounts.number, accountName: accounts.name })
    .from(p)
    .innerJoin(accounts, eq(accounts.id, p.accountId))
    // Imported checks never lay in our drawer.
    .innerJoin(moneyActions, and(eq(moneyActions.id, p.actionId), eq(moneyActions.kind, "recorded_payment")))
    .where(and(eq(p.state, "settled"), inArray(p.kind, ["check", "cash"]), isNull(p.depositId), isNull(p.bouncedOn)))
    .orderBy(asc(p.settledOn), asc(p.id))
    .limit(MOST);
  return rows.map(({ payment, accountNumber, accountName }) => ({
    ...{ paymentId: payment.id, accountNumber, accountName, label: payment.methodLabel ?? payment.kind },
    ...{ amount: money(payment.capturedMinor, payment.currency), receivedOn: payment.settledOn },
  }));
}

export type MadeDeposit = {
  id: string;
  actionId: string;
  amount: Money;
  depositedOn: LocalDate;
  reference: string | null;
  by: string | null;
  payments: number;
};

/** The last slips, the newest first. */
export async function listDeposits(db: DbOrTx, limit = 20): Promise<MadeDeposit[]> {
  const rows = await db
    .select({
      deposit: deposits,
      by: logins.name,
      payments: sql<string>`(select count(*) from payments where payments.deposit_id = ${deposits.id})`,
    })
    .from(deposits)
    .leftJoin(logins, eq(logins.id, deposits.madeBy))
    .orderBy(desc(deposits.depositedOn), desc(deposits.id))
    .limit(Math.min(limit, 200));
  return rows.map(({ deposit, by, payments: count }) => ({
    ...{ id: deposit.id, actionId: deposit.actionId, depositedOn: deposit.depositedOn, reference: deposit.reference },
    ...{ by, payments: Number(count), amount: money(deposit.amountMinor, deposit.currency) },
  }));
}
