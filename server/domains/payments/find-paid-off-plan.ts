import { and, eq, inArray, isNull } from "drizzle-orm";

import { minBigint } from "#app/contracts/money.ts";
import { type DbOrTx } from "#db/client.ts";
import { allocations, claims, invoices } from "#db/schema/index.ts";

/**
 * The running plan that a payment, posted a moment ago in the same transaction, has paid off; null for most. A plan is
 * known here by its claims alone: what they wanted is what was left of it before.
 */
export async function findPaidOffPlan(tx: DbOrTx, paymentId: string): Promise<string | null> {
  const paid = await tx
    .select({ invoiceId: allocations.invoiceId, minor: allocations.amountMinor })
    .from(allocations)
    .where(eq(allocations.paymentId, paymentId));
  const isPlan = and(eq(claims.kind, "plan"), isNull(claims.releasedAt));
  const touched = await tx
    .selectDistinct({ planId: claims.sourceId })
    .from(claims)
    .where(and(isPlan, inArray(claims.invoiceId, [...new Set(paid.map(({ invoiceId }) => invoiceId))])));
  for (const { planId } of touched) {
    const rows = await tx
      .select({ invoiceId: claims.invoiceId, wantedMinor: claims.wantedMinor, openMinor: invoices.openMinor })
      .from(claims)
      .innerJoin(invoices, eq(invoices.id, claims.invoiceId))
      .where(and(isPlan, eq(claims.sourceId, planId)));
    const isLeft = rows.some(({ invoiceId, wantedMinor, openMinor }) => {
      const paidMinor = paid.reduce((sum, one) => (one.invoiceId === invoiceId ? sum + one.minor : sum), 0n);
      return minBigint(wantedMinor - paidMinor, openMinor) > 0n;
    });
    if (!isLeft) return planId;
  }
  return null;
}
