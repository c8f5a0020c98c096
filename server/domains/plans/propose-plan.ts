import { withTransaction } from "#db/transaction.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { openConversationIn } from "#server/domains/conversations/index.ts";
import { findStartedAction } from "#server/domains/ledger/index.ts";
import { listSavedMethods } from "#server/domains/payments/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { closeCountered, findCountered, lockThread } from "./counter.ts";
import { planTerms, type TermsWish, type WishRefusal, writePlan } from "./write-terms.ts";

export type PlanProposal = TermsWish & {
  methodId: string;
  /** The mandate, word for word as it was shown. */
  mandateText: string;
  ip: string | null;
  /** The offer that these terms answer. */
  countersId: string | null;
  note: string | null;
  /** What the conversation is called when one has to be opened. */
  title: string;
  seenVersion: number | null;
  idempotencyKey: string;
};

export type ProposeRefusal =
  | WishRefusal
  | Refusal<"method_gone" | "already_answered">
  | (Refusal<"account_changed"> & { version: number })
  | Refusal<"key_reused_with_other_input">;

/**
 * A customer proposes to pay bills in parts, with the mandate for it: nothing begins before the biller approves. Its card
 * stands in the customer's conversation. Refuses terms outside the policy (saying what is allowed), a stale form, a saved
 * method that is gone. The same key answers the same plan. Throws a fault for whoever may not pay for the account.
 */
export async function proposePlan({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: PlanProposal;
}): Promise<Ok<{ planId: string }> | ProposeRefusal> {
  const { accountId, countersId, note, title, idempotencyKey, seenVersion, methodId, mandateText, ip, ...rest } = input;
  authorize(ctx.actor, "plan.propose", accountId);
  const wish: TermsWish = { accountId, ...rest };
  return withTransaction(ctx.db, async (tx) => {
    const personLoginId = loginIdOf(ctx.actor);
    const { conversation } = await openConversationIn(tx, { subject: "general", accountId, personLoginId, title });
    await lockThread(tx, { conversationId: conversation.id, accountId });
    const account = await lockAccount(tx, accountId);
    const asked = { ...wish, methodId, countersId };
    const known = await findStartedAction(tx, { idempotencyKey, input: asked });
    if (known && !known.ok) return known;
    if (known) return ok({ planId: String(known.action.facts["planId"]) });
    if (seenVersion !== null && seenVersion !== account.version) {
      return refuse("account_changed", { version: account.version });
    }
    const methods = await listSavedMethods(tx, { accountId, now: ctx.now });
    if (!methods.some((method) => method.id === methodId && !method.expired)) return refuse("method_gone");
    const countered = await findCountered(tx, { countersId, accountId });
    if (countered && "reason" in countered) return countered;
    const planned = await planTerms({ ctx, db: tx }, { account, wish });
    if (!planned.ok) return planned;
    if (countered) await closeCountered({ ctx, tx }, countered);
    const plan = await writePlan(
      { ctx, tx },
      {
        ...{ account, planned: planned.value, kind: "proposed", countersId, conversationId: conversation.id, note },
        ...{ mandate: { methodId, text: mandateText, ip }, idempotencyKey, asked },
      },
    );
    return ok({ planId: plan.id });
  });
}
