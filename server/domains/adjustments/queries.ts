import { and, desc, eq, sql } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { money, type Money } from "#app/contracts/money.ts";
import { type DbOrTx } from "#db/client.ts";
import { type CreditReason, credits, invoices } from "#db/schema/index.ts";
import { decodeIdCursor, type Page, PAGE_LIMIT, toPage } from "#server/platform/paging.ts";

/** A credit as lists show it. */
export type Credit = {
  id: string;
  number: string;
  kind: (typeof credits.$inferSelect)["kind"];
  reason: CreditReason;
  memo: string | null;
  amount: Money;
  /** What came down on its bill; the rest became open credit. */
  onInvoice: Money;
  billNumber: string | null;
  occurredOn: LocalDate;
  actionId: string;
};

/** Credits of an account, newest first, a keyset page at a time. */
export async function listCredits(
  db: DbOrTx,
  query: { accountId: string; cursor?: string | null | undefined; limit?: number },
): Promise<Page<Credit>> {
  const limit = Math.min(query.limit ?? PAGE_LIMIT, 200);
  const after = decodeIdCursor(query.cursor);
  const rows = await db
    .select({ credit: credits, billNumber: invoices.number })
    .from(credits)
    .leftJoin(invoices, eq(invoices.id, credits.invoiceId))
    .where(and(eq(credits.accountId, query.accountId), after ? sql`${credits.id} < ${after}::uuid` : undefined))
    .orderBy(desc(credits.id))
    .limit(limit + 1);
  const items = rows.map(({ credit, billNumber }): Credit => {
    const { id, number, kind, reason, memo, occurredOn, actionId, currency } = credit;
    const of = (minor: bigint) => money(minor, currency);
    const amounts = { amount: of(credit.amountMinor), onInvoice: of(credit.onInvoiceMinor) };
    return { id, number, kind, reason, memo, ...amounts, billNumber, occurredOn, actionId };
  });
  return toPage(items, limit, (credit) => [credit.id]);
}
