import { and, desc, eq, lt, sql } from "drizzle-orm";

import { type Currency } from "#app/contracts/currency.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { type DbOrTx } from "#db/client.ts";
import { statements } from "#db/schema/index.ts";
import { notFound } from "#server/platform/faults.ts";

import { balanceOf, listLines, type StatementLine } from "./lines.ts";

export type Statement = {
  fromOn: LocalDate;
  toOn: LocalDate;
  currency: Currency;
  /** What was owed less credit, before and after; negative is credit. Opening plus the lines is closing, always. */
  openingMinor: bigint;
  closingMinor: bigint;
  lines: StatementLine[];
  /** The day it was issued on; null for a range somebody asked for, which goes by what is known now. */
  issuedOn: LocalDate | null;
  /** The number of the last journal that an issued one saw. */
  lastJournal: bigint | null;
};

export type Range = { accountId: string; currency: Currency; fromOn: LocalDate; toOn: LocalDate };

/** What an account's money did from one day to another, both included, by the day it happened on. */
export async function getStatement(db: DbOrTx, { accountId, currency, fromOn, toOn }: Range): Promise<Statement> {
  const openingMinor = await balanceOf(db, accountId, sql`j.occurred_on < ${fromOn}::date`);
  const lines = await listLines(db, {
    ...{ accountId, openingMinor, late: sql`false` },
    which: sql`j.occurred_on between ${fromOn}::date and ${toOn}::date`,
  });
  const closingMinor = lines.at(-1)?.balanceMinor ?? openingMinor;
  return { fromOn, toOn, currency, openingMinor, closingMinor, lines, issuedOn: null, lastJournal: null };
}

export type IssuedStatement = typeof statements.$inferSelect;

/** Statements issued to an account, newest first. */
export const listStatements = (db: DbOrTx, accountId: string): Promise<IssuedStatement[]> =>
  db.select().from(statements).where(eq(statements.accountId, accountId)).orderBy(desc(statements.toOn)).limit(120);

/** An issued statement as it was. Throws not_found for one that is not of this account. */
export async function getIssuedStatement(
  db: DbOrTx,
  { accountId, statementId }: { accountId: string; statementId: string },
): Promise<Statement> {
  const of = eq(statements.accountId, accountId);
  const [row] = await db
    .select()
    .from(statements)
    .where(and(of, eq(statements.id, statementId)));
  if (!row) throw notFound("statement");
  const [before] = await db
    .select()
    .from(statements)
    .where(and(of, lt(statements.toOn, row.toOn)))
    .orderBy(desc(statements.toOn))
    .limit(1);
  const { fromOn, toOn, currency, openingMinor, closingMinor, issuedOn, lastJournal } = row;
  const told = before
    ? sql`(j.number <= ${before.lastJournal} and j.occurred_on <= ${before.toOn}::date)`
    : sql`j.occurred_on < ${fromOn}::date`;
  const lines = await listLines(db, {
    ...{ accountId, openingMinor, late: sql`j.occurred_on < ${fromOn}::date` },
    which: sql`j.number <= ${row.lastJournal} and j.occurred_on <= ${toOn}::date and not ${told}`,
  });
  return { fromOn, toOn, currency, openingMinor, closingMinor, lines, issuedOn, lastJournal };
}
