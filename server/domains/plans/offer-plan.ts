import { withTransaction } from "#db/transaction.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { findStartedAction } from "#server/domains/ledger/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { closeCountered, findCountered, lockThread } from "./counter.ts";
import { mailOffered } from "./mails.ts";
import { planTerms, type TermsWish, type WishRefusal, writePlan } from "./write-terms.ts";

export type PlanOffer = TermsWish & {
  /** The thread it is offered in: its card is stored in the same transaction. Null: by mail alone. */
  conversationId: string | null;
  /** The proposal that these terms answer. */
  countersId: string | null;
  note: string | null;
  seenVersion: number | null;
  idempotencyKey: string;
};

export type OfferRefusal =
  | WishRefusal
  | Refusal<"already_answered">
  | (Refusal<"account_changed"> & { version: number })
  | Refusal<"key_reused_with_other_input">;

/**
 * The biller offers a plan: a card in the thread and a mail, to accept or decline. Refuses terms outside the policy (saying
 * what is allowed), beyond a rep's own bound (naming who may), and a stale form. The same key offers it once.
 */
export async function offerPlan({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: PlanOffer;
}): Promise<Ok<{ planId: string }> | OfferRefusal> {
  const { accountId, conversationId, countersId, note, idempotencyKey, seenVersion, ...rest } = input;
  authorize(ctx.actor, "plan.offer", accountId);
  const wish: TermsWish = { accountId, ...rest };
  return withTransaction(ctx.db, async (tx) => {
    await lockThread(tx, { conversationId, accountId });
    const account = await lockAccount(tx, accountId);
    const asked = { ...wish, conversationId, countersId };
    const known = await findStartedAction(tx, { idempotencyKey, input: asked });
    if (known && !known.ok) return known;
    if (known) return ok({ planId: String(known.action.facts["planId"]) });
    if (seenVersion !== null && seenVersion !== account.version) {
      return refuse("account_changed", { version: account.version });
    }
    const countered = await findCountered(tx, { countersId, accountId });
    if (countered && "reason" in countered) return countered;
    const planned = await planTerms({ ctx, db: tx }, { account, wish });
    if (!planned.ok) return planned;
    if (countered) await closeCountered({ ctx, tx }, countered);
    const plan = await writePlan(
      { ctx, tx },
      {
        ...{ account, planned: planned.value, kind: "offered", countersId, conversationId, note, mandate: null },
        ...{ idempotencyKey, asked },
      },
    );
    await mailOffered(tx, { plan, account, at: ctx.now, schedule: planned.value.schedule });
    return ok({ planId: plan.id });
  });
}
