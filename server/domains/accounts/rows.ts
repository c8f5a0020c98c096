import { asc, eq, inArray, sql } from "drizzle-orm";

import { type DbOrTx, type Tx } from "#db/client.ts";
import { accounts } from "#db/schema/index.ts";
import { notFound } from "#server/platform/faults.ts";

export type Account = typeof accounts.$inferSelect;

/** Locks a billing account for the rest of the transaction: every money command takes it before its bills. */
export async function lockAccount(tx: Tx, accountId: string): Promise<Account> {
  const [row] = await tx.select().from(accounts).where(eq(accounts.id, accountId)).for("no key update");
  if (!row) throw notFound("account");
  return row;
}

/** Locks several accounts in one order, so that two batches never wait for each other. */
export async function lockAccounts(tx: Tx, accountIds: readonly string[]): Promise<Account[]> {
  if (accountIds.length === 0) return [];
  return tx
    .select()
    .from(accounts)
    .where(inArray(accounts.id, [...accountIds]))
    .orderBy(asc(accounts.id))
    .for("no key update");
}

/** Raises the version: an open form of this account is then told that something changed. */
export async function touchAccount(tx: DbOrTx, accountId: string): Promise<void> {
  await touchAccounts(tx, [accountId]);
}

export async function touchAccounts(tx: DbOrTx, accountIds: readonly string[]): Promise<void> {
  if (accountIds.length === 0) return;
  await tx
    .update(accounts)
    .set({ version: sql`${accounts.version} + 1` })
    .where(inArray(accounts.id, [...accountIds]));
}
