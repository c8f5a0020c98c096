import { sql } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { getBusiness, todayIn } from "#server/domains/business/index.ts";
import { bug } from "#server/platform/faults.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { type Check, CHECKS } from "./checks.ts";
import { type AsOf, type BookCounts, countBooks, type CurrencyTotals, totalBooks } from "./totals.ts";

export type Finding = { what: string; detail: string };
export type CheckResult = { id: string; ok: boolean; found: Finding[]; says: string };

export type BooksReport = {
  ok: boolean;
  checks: CheckResult[];
  counts: BookCounts;
  /** The day the counts and totals stand for. */
  asOf: string;
  currencies: Record<string, CurrencyTotals>;
};

/** So many findings of one check are told; more would not help anybody. */
const MOST_FOUND = 20;

/**
 * Proves the books (TRUST.md I1–I6, I8, I11) in one snapshot, while everything goes on. The checks look at all there is;
 * counts and totals stand for `asOf`, else for today. Throws a fault for whoever may not see the books.
 */
export async function proveBooks({
  ctx,
  input: { asOf, onCheck },
}: {
  ctx: Ctx;
  input: { asOf: AsOf; onCheck?: (check: { id: string; says: string }) => void };
}): Promise<BooksReport> {
  authorize(ctx.actor, "books.view");
  const { db, now } = ctx;
  if (!("$client" in db)) throw bug("the books are proved in a snapshot of their own");
  return db.transaction(
    async (tx) => {
      const checks: CheckResult[] = [];
      for (const check of CHECKS) {
        onCheck?.(check);
        checks.push(await run(tx, check));
      }
      const business = await getBusiness(tx);
      return {
        ok: checks.every((check) => check.ok),
        checks,
        counts: await countBooks(tx, asOf),
        asOf: asOf ?? todayIn(business.zone, now),
        currencies: await totalBooks(tx, { asOf, now, always: business.currency }),
      };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

async function run(tx: Tx, { id, says, finds }: Check): Promise<CheckResult> {
  const found = await tx.execute<Finding>(sql`select what, detail from (${finds}) f order by what limit ${MOST_FOUND}`);
  return { id, ok: found.length === 0, found: [...found], says };
}
