import { eq } from "drizzle-orm";

import { paymentMethods } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { lockAccount, touchAccount } from "#server/domains/accounts/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

/**
 * Asks the processor until when a saved card can be charged, and keeps the answer: banks renew cards by themselves. A bank
 * account, and a card that the processor does not know, stay as they are. Throws unavailable when it cannot be asked.
 */
export async function refreshExpiry(ctx: Ctx, methodId: string): Promise<void> {
  const [known] = await ctx.db.select().from(paymentMethods).where(eq(paymentMethods.id, methodId));
  if (known?.kind !== "card") return;
  const facts = await ctx.processor.getMethod(known.processorId);
  if (!facts) return;
  const { expMonth, expYear, last4 } = facts;
  if (expMonth === known.expMonth && expYear === known.expYear && last4 === known.last4) return;
  await withTransaction(ctx.db, async (tx) => {
    await lockAccount(tx, known.accountId);
    await tx.update(paymentMethods).set({ expMonth, expYear, last4 }).where(eq(paymentMethods.id, methodId));
    await touchAccount(tx, known.accountId);
  });
}
