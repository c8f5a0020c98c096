import { withTransaction } from "#db/transaction.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { markBill } from "./mark-bill.ts";

export type Viewing = { accountId: string; invoiceId: string };

/** A customer, or whoever holds the bill's link, has opened it; staff who look at it leave no trace. Refuses nothing. */
export async function markBillViewed({ ctx, input }: { ctx: Ctx; input: Viewing }): Promise<void> {
  const { accountId, invoiceId } = input;
  authorize(ctx.actor, "invoice.view", { accountId, invoiceIds: [invoiceId] });
  if (ctx.actor.kind === "staff") return;
  await withTransaction(ctx.db, (tx) => markBill(tx, { accountId, invoiceId, as: "viewed", at: ctx.now }));
}
