import { type Tx } from "#db/client.ts";
import { type CreditReason } from "#db/schema/index.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import { type Step } from "#server/domains/invoices/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { type Given, type GiftRefusal, giveCredit, planGift } from "./give-credit.ts";
import { checkOwnLimit, type NamedLimitRefusal } from "./limits.ts";

export type DisputeCredit = {
  /** Locked by the caller. */
  account: Account;
  disputeId: string;
  invoiceId: string;
  lineId: string | null;
  amountMinor: bigint;
  /** credit_note takes back what was billed wrongly; goodwill is a gift. */
  kind: "goodwill" | "credit_note";
  reason: CreditReason;
  memo: string | null;
  /** What the dispute still claims of the bill after this: 0 when it is decided. */
  wantedAfterMinor: bigint;
};

export type DisputeCreditPlan = { ok: true; give: (step: Step) => Promise<Given> };

/**
 * Decides the credit of a dispute that is resolved for the customer, within the limits of whoever resolves it; `give`
 * then writes it under the dispute's own action, with the claim settled in the same step. Nothing is written before.
 */
export async function planDisputeCredit(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  input: DisputeCredit,
): Promise<DisputeCreditPlan | GiftRefusal | NamedLimitRefusal> {
  const { account, disputeId, kind, reason, invoiceId, lineId, amountMinor } = input;
  const planned = await planGift(tx, {
    accountId: account.id,
    gift: { kind, reason, invoiceId, lineId, amountMinor },
  });
  if (!planned.ok) return planned;
  const limit = await checkOwnLimit({ ctx, tx }, { account, amountMinor });
  if (limit) return limit;
  const dispute = { id: disputeId, wantedMinor: input.wantedAfterMinor };
  const common = { account, plan: planned.plan, makerLoginId: loginIdOf(ctx.actor), memo: input.memo, dispute };
  return { ok: true, give: (step) => giveCredit(tx, { ...common, step }) };
}
