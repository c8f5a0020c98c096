import { and, eq } from "drizzle-orm";

import { moneyActions, payments } from "#db/schema/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { startPatience } from "./patience.ts";
import { carryOnFor, type StartedPayment } from "./start-payment.ts";

/**
 * What a form that is sent again (a second press, the back button, a reload) meets: the attempt its key has made, carried
 * on from where it stands, or null when there is none. To be asked before the form is read: its own attempt has changed
 * what can be paid. Throws a fault for whoever may not pay for the account.
 */
export async function resumePayment({
  ctx,
  input: { accountId, idempotencyKey },
}: {
  ctx: Ctx;
  input: { accountId: string; idempotencyKey: string };
}): Promise<StartedPayment | null> {
  const { actor } = ctx;
  authorize(actor, "payment.make", actor.kind === "guest" ? { accountId, payLinkId: actor.linkId } : accountId);
  const [known] = await ctx.db
    .select({ id: payments.id })
    .from(payments)
    .innerJoin(moneyActions, eq(moneyActions.id, payments.actionId))
    .where(
      and(
        eq(payments.accountId, accountId),
        eq(moneyActions.idempotencyKey, idempotencyKey),
        actor.kind === "guest" ? eq(payments.payLinkId, actor.linkId) : undefined,
      ),
    );
  return known ? carryOnFor(startPatience(ctx), { ctx, paymentId: known.id }) : null;
}
