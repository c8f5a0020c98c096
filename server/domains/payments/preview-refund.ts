import { inArray } from "drizzle-orm";

import { money, type Money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { invoices } from "#db/schema/index.ts";
import { getAccount } from "#server/domains/accounts/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { type AccountMoney, getAccountMoney, getPaymentStanding } from "#server/domains/invoices/index.ts";
import { type Ctx, within } from "#server/platform/ctx.ts";
import { bug } from "#server/platform/faults.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { accountOfPayment, type RefundRefusal, type RefundRequest, requestRefundIn } from "./request-refund.ts";

type BillSums = { number: string; paid: Money; credited: Money; open: Money };

export type RefundPreview = {
  /** Each bill the payment stands on: what it says now, and what it would say. */
  bills: { before: BillSums; after: BillSums }[];
  before: AccountMoney;
  after: AccountMoney;
};

class Undo extends Error {}

/**
 * What a refund would change, bill by bill: it is written and undone in one transaction, so the preview is the truth and
 * never a second set of rules. The processor is not asked. Leaves nothing behind. Refuses and throws as refundPayment.
 */
export async function previewRefund({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Omit<RefundRequest, "conversationId" | "idempotencyKey">;
}): Promise<Ok<RefundPreview> | RefundRefusal> {
  const accountId = await accountOfPayment(ctx.db, input.paymentId);
  authorize(ctx.actor, "payment.refund", accountId);
  if (!("$client" in ctx.db)) throw bug("a preview has a transaction of its own, to undo");
  const { zone } = await getAccount(ctx.db, accountId);
  const today = todayIn(zone, ctx.now);
  const seen: { result: Ok<RefundPreview> | RefundRefusal | null } = { result: null };
  const trial = async (tx: Tx) => {
    const standing = await getPaymentStanding(tx, input.paymentId);
    const ids = standing.bills.map((bill) => bill.invoiceId);
    const [before, billsBefore] = [await getAccountMoney(tx, accountId, today), await sumsOf(tx, ids)];
    const idempotencyKey = `preview:${ctx.requestId}:${ctx.now.toISOString()}`;
    const request = { ...input, conversationId: null, idempotencyKey };
    const asked = await requestRefundIn({ ctx: within(ctx, tx), tx }, { accountId, input: request });
    if (asked.ok) {
      const [after, billsAfter] = [await getAccountMoney(tx, accountId, today), await sumsOf(tx, ids)];
      const bills = billsBefore.flatMap((bill, at) => {
        const then = billsAfter[at];
        return then ? [{ before: bill, after: then }] : [];
      });
      seen.result = ok({ bills, before, after });
    } else seen.result = asked;
    throw new Undo();
  };
  await ctx.db.transaction(trial).catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error;
  });
  if (seen.result === null) throw bug("a preview ended without an answer");
  return seen.result;
}

async function sumsOf(tx: Tx, invoiceIds: readonly string[]): Promise<BillSums[]> {
  if (invoiceIds.length === 0) return [];
  const rows = await tx
    .select()
    .from(invoices)
    .where(inArray(invoices.id, [...invoiceIds]))
    .orderBy(invoices.dueOn, invoices.id);
  return rows.map(({ number, paidMinor, creditedMinor, openMinor, currency }) => ({
    ...{ number, paid: money(paidMinor, currency), credited: money(creditedMinor, currency) },
    open: money(openMinor, currency),
  }));
}
