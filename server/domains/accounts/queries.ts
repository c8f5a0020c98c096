import { asc, eq, inArray, sql } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { keptQuery } from "#db/kept-query.ts";
import { accountPeople, type AccountRight, accounts } from "#db/schema/index.ts";
import { notFound } from "#server/platform/faults.ts";

import { type Account } from "./rows.ts";

/** Throws not_found for an unknown id. Authorise before or after: an id alone gives nothing away. */
export async function getAccount(db: DbOrTx, accountId: string): Promise<Account> {
  const [row] = await db.select().from(accounts).where(eq(accounts.id, accountId)).limit(1);
  if (!row) throw notFound("account");
  return row;
}

export async function findAccountByNumber(db: DbOrTx, number: string): Promise<Account | null> {
  const [row] = await db.select().from(accounts).where(eq(accounts.number, number)).limit(1);
  return row ?? null;
}

/** Those of the numbers that exist. */
export async function listAccountsByNumber(db: DbOrTx, numbers: readonly string[]): Promise<Account[]> {
  if (numbers.length === 0) return [];
  return db
    .select()
    .from(accounts)
    .where(inArray(accounts.number, [...numbers]));
}

/** Those of the ids that exist, by number: for choosing among the accounts of one login. */
export async function listAccountsById(db: DbOrTx, ids: readonly string[]): Promise<Account[]> {
  if (ids.length === 0) return [];
  return db
    .select()
    .from(accounts)
    .where(inArray(accounts.id, [...ids]))
    .orderBy(asc(accounts.number))
    .limit(MOST_CHOICES);
}

/** Nobody chooses among more from a list. */
const MOST_CHOICES = 200;

const reachedBy = keptQuery((db) =>
  db
    .select({ account: accounts, right: accountPeople.right })
    .from(accountPeople)
    .innerJoin(accounts, eq(accounts.id, accountPeople.accountId))
    .where(eq(accountPeople.loginId, sql.placeholder("loginId")))
    .prepare("accounts_reached_by"),
);

/** The billing accounts a login reaches, with the right it holds on each, in one question. */
export const listReached = (db: DbOrTx, loginId: string): Promise<{ account: Account; right: AccountRight }[]> =>
  reachedBy(db).execute({ loginId });

/** As listReached, the rights only. */
export async function listRightsOf(db: DbOrTx, loginId: string): Promise<ReadonlyMap<string, AccountRight>> {
  const rows = await db
    .select({ accountId: accountPeople.accountId, right: accountPeople.right })
    .from(accountPeople)
    .where(eq(accountPeople.loginId, loginId));
  return new Map(rows.map((row) => [row.accountId, row.right]));
}
