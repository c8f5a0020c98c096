import { eq, inArray } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { ledgerAccounts, moneyActions } from "#db/schema/index.ts";
import { notFound } from "#server/platform/faults.ts";

import { type MoneyAction } from "./start-action.ts";

/** The running balances of the customer side, in minor units; both 0 for an account that has moved no money yet. */
export async function getLedgerBalances(
  db: DbOrTx,
  accountId: string,
): Promise<{ receivableMinor: bigint; unappliedMinor: bigint }> {
  const rows = await db
    .select({ kind: ledgerAccounts.kind, balanceMinor: ledgerAccounts.balanceMinor })
    .from(ledgerAccounts)
    .where(eq(ledgerAccounts.accountId, accountId));
  const of = (kind: "receivable" | "unapplied") => rows.find((row) => row.kind === kind)?.balanceMinor ?? 0n;
  return { receivableMinor: of("receivable"), unappliedMinor: of("unapplied") };
}

export async function getAction(db: DbOrTx, actionId: string): Promise<MoneyAction> {
  const [action] = await db.select().from(moneyActions).where(eq(moneyActions.id, actionId)).limit(1);
  if (!action) throw notFound("money action");
  return action;
}

/** The money actions of these ids, for the cards of a thread; unknown ones are left out. */
export async function listActions(db: DbOrTx, actionIds: readonly string[]): Promise<MoneyAction[]> {
  if (actionIds.length === 0) return [];
  return db
    .select()
    .from(moneyActions)
    .where(inArray(moneyActions.id, [...actionIds]));
}
