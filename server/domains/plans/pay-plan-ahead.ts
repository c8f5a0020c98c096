import { authorize } from "#server/domains/auth/index.ts";
import { type PaymentRefusal, type StartedPayment, startPayment } from "#server/domains/payments/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { listHeld } from "./read-facts.ts";
import { readPlan } from "./rows.ts";
import { splitOverBills } from "./rules.ts";

export type PlanPayment = {
  planId: string;
  amountMinor: bigint;
  methodId: string;
  /** The convenience fee that was shown, on top. */
  feeSeenMinor: bigint;
  idempotencyKey: string;
};

export type PayAheadRefusal =
  PaymentRefusal | Refusal<"not_running"> | (Refusal<"more_than_left"> & { leftMinor: bigint });

/**
 * Pays on a running plan by hand, with a saved method, oldest bill first: the next instalments become smaller or fall away.
 * Refuses more than the plan has left, and what a payment refuses. The same key pays once.
 */
export async function payPlanAhead({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: PlanPayment;
}): Promise<Ok<StartedPayment> | PayAheadRefusal> {
  const { planId, amountMinor, methodId, feeSeenMinor, idempotencyKey } = input;
  const plan = await readPlan(ctx.db, planId);
  authorize(ctx.actor, "plan.pay", plan.accountId);
  if (plan.state !== "active") return refuse("not_running");
  const held = await listHeld(ctx.db, planId);
  const leftMinor = held.reduce((sum, bill) => sum + bill.heldMinor, 0n);
  if (amountMinor > leftMinor) return refuse("more_than_left", { leftMinor });
  return startPayment({
    ctx,
    input: {
      ...{ accountId: plan.accountId, amountMinor, bills: splitOverBills(held, amountMinor), feeSeenMinor },
      ...{ means: { kind: "saved", methodId }, seenVersion: null, creditAllowed: false, idempotencyKey },
    },
  });
}

/** Pays all that a running plan has left; once it settles the plan is complete. Refuses as payPlanAhead does. */
export async function finishPlan({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Omit<PlanPayment, "amountMinor">;
}): Promise<Ok<StartedPayment> | PayAheadRefusal> {
  const held = await listHeld(ctx.db, input.planId);
  const amountMinor = held.reduce((sum, bill) => sum + bill.heldMinor, 0n);
  return payPlanAhead({ ctx, input: { ...input, amountMinor } });
}
