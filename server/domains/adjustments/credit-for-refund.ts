import { money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import { type Step, type Told } from "#server/domains/invoices/index.ts";
import { finishAction, startAction } from "#server/domains/ledger/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { bug } from "#server/platform/faults.ts";

import { type GiftRefusal, giveCredit, type PlannedGift, planGift } from "./give-credit.ts";
import { checkOwnLimit, type NamedLimitRefusal } from "./limits.ts";

export type RefundCredit = {
  /** Locked by the caller. */
  account: Account;
  paymentId: string;
  /** All that leaves, the convenience fee included: what the limits are about. */
  amountMinor: bigint;
  /** Which credit goes with the refund; null where the bills stay as they are (overpaid) or are owed again (reopen). */
  credit: "credit_note" | "goodwill" | null;
  bills: readonly { invoiceId: string; amountMinor: bigint }[];
  note: string | null;
  idempotencyKey: string;
};

export type RefundPlan = { ok: true; give: (step: Step, tells: Told) => Promise<{ numbers: string[] }> };

/**
 * Decides the giving side of a refund: within the limits of whoever refunds, and for a credit note at most what is left
 * of each bill's lines (`invoiceId` says which bill refused). `give` then writes one credit per bill, each under an
 * action of its own, with what the payment paid of the bill making room for it. Nothing is written before.
 */
export async function planRefund(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  input: RefundCredit,
): Promise<RefundPlan | (GiftRefusal & { invoiceId: string }) | NamedLimitRefusal> {
  const { account, credit, bills, amountMinor } = input;
  const plans: PlannedGift[] = [];
  for (const bill of credit === null ? [] : bills) {
    const reason = credit === "goodwill" ? ("goodwill" as const) : ("billed_wrong" as const);
    const gift = { kind: credit ?? "goodwill", reason, lineId: null, ...bill };
    const planned = await planGift(tx, { accountId: account.id, gift });
    if (!planned.ok) return { ...planned, invoiceId: bill.invoiceId };
    plans.push(planned.plan);
  }
  const limit = await checkOwnLimit({ ctx, tx }, { account, amountMinor });
  if (limit) return limit;
  return { ok: true, give: (step, tells) => giveAll({ ctx, tx }, { input, plans, step, tells }) };
}

type Giving = { input: RefundCredit; plans: readonly PlannedGift[]; step: Step; tells: Told };

async function giveAll({ ctx, tx }: { ctx: Ctx; tx: Tx }, { input, plans, step, tells }: Giving) {
  const { account, paymentId, note } = input;
  const numbers: string[] = [];
  const makerLoginId = loginIdOf(ctx.actor);
  for (const plan of plans) {
    const started = await startAction(tx, {
      kind: plan.kind === "goodwill" ? "goodwill_credit" : "credit_note",
      ...{ state: "in_progress", accountId: account.id, amount: money(plan.amountMinor, account.currency) },
      ...{ reason: plan.reason, makerLoginId, occurredOn: step.occurredOn },
      idempotencyKey: `${input.idempotencyKey}:${plan.invoiceId ?? ""}`,
      input: { refund: step.actionId, invoiceId: plan.invoiceId },
    });
    if (!started.ok || !started.fresh) throw bug("a refund's credit was given before the refund");
    const own = { ...step, actionId: started.action.id };
    const refund = { paymentId, tells };
    const given = await giveCredit(tx, { account, plan, step: own, makerLoginId, memo: note, dispute: null, refund });
    await finishAction(tx, own.actionId, "done", { number: given.number, bill: plan.billNumber });
    numbers.push(given.number);
  }
  return { numbers };
}
