import { and, eq, isNotNull } from "drizzle-orm";

import { moneyActions, payments } from "#db/schema/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { faultCode } from "#server/platform/faults.ts";

import { applyIntent } from "./apply-intent.ts";

/**
 * The payer starts anew: their own attempts on this account (a guest: those of their link) that wait for them (3-D Secure, micro-deposits) are cancelled
 * at the processor, and their claims released once it confirms. The attempt of the same key is left alone.
 */
export async function cancelOpenAttempts(
  ctx: Ctx,
  { accountId, idempotencyKey }: { accountId: string; idempotencyKey: string },
): Promise<void> {
  const { actor } = ctx;
  const guest = actor.kind === "guest" ? actor : null;
  authorize(actor, "payment.make", guest ? { accountId, payLinkId: guest.linkId } : accountId);
  const loginId = loginIdOf(actor);
  const own = guest ? eq(payments.payLinkId, guest.linkId) : loginId && eq(payments.madeBy, loginId);
  if (!own) return;
  const waiting = await ctx.db
    .select({ id: payments.id, intentId: payments.intentId, key: moneyActions.idempotencyKey })
    .from(payments)
    .innerJoin(moneyActions, eq(moneyActions.id, payments.actionId))
    .where(
      and(eq(payments.accountId, accountId), eq(payments.state, "requires_action"), own, isNotNull(payments.intentId)),
    );
  for (const { id, intentId, key } of waiting) {
    if (intentId === null || key === idempotencyKey) continue;
    try {
      await applyIntent(ctx, id, await ctx.processor.cancelIntent(intentId));
    } catch (error) {
      // Its claim stands until the processor confirms: the sweep comes back to it.
      if (faultCode(error) !== "unavailable") throw error;
    }
  }
}
