import { data } from "@remix-run/node";

import { encodeId } from "#app/contracts/ids.ts";
import { amountRefusalText } from "#app/contracts/messages/amounts.ts";
import { formatMoney, money } from "#app/contracts/money.ts";
import { parseAmount } from "#app/contracts/parse-amount.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import {
  acceptPlan,
  changePlanMethod,
  declinePlan,
  finishPlan,
  type PayAheadRefusal,
  payPlanAhead,
  type PlanDetail,
} from "#server/domains/plans/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { planProblem } from "./plan-form.server.ts";
import { mandateFor, usableMethods } from "./plan-page.server.ts";
import { redirect } from "./redirect.server.ts";

export type PlanReply = { errors: Record<string, string>; typed: string | null; feeMinor: bigint };

const refused = (errors: Record<string, string>, more: Partial<PlanReply> = {}) =>
  data<PlanReply>({ errors, typed: null, feeMinor: 0n, ...more }, { status: 422 });

type Asked = { account: Account; plan: PlanDetail; form: FormData; locale: string; loginId: string; ip: string };

/** What a customer does with a plan, by the button they pressed. */
export async function actOnPlan(ctx: Ctx, asked: Asked) {
  const { account, plan, form, locale } = asked;
  const here = `/plans/${encodeId("plan", plan.id)}`;
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  const facts = { currency: account.currency, locale };
  const methods = await usableMethods(ctx, account.id);
  const method = methods.find((one) => one.id === text("method"));
  switch (text("intent")) {
    case "accept": {
      if (!method) return refused({ method: "Choose what the plan is paid from." });
      const { schedule } = plan;
      const mandateText = await mandateFor(ctx, { account, schedule, method: method.label, locale });
      const input = { planId: plan.id, methodId: method.id, mandateText, ip: asked.ip };
      const accepted = await acceptPlan({ ctx, input });
      return accepted.ok ? redirect(`${here}?done=accepted`, 303) : refused(planProblem(accepted, facts));
    }
    case "decline": {
      const declined = await declinePlan({ ctx, input: { planId: plan.id, reason: null } });
      return declined.ok ? redirect(here, 303) : refused(planProblem(declined, facts));
    }
    case "method": {
      const changed = await changePlanMethod({ ctx, input: { planId: plan.id, methodId: text("other") } });
      return changed.ok ? redirect(`${here}?done=method`, 303) : refused(planProblem(changed, facts));
    }
    case "ahead":
    case "finish":
      return pay(ctx, { ...asked, text, methodId: method?.id ?? "" });
    default:
      return refused({ form: "This form was not complete. Try again." });
  }
}

async function pay(
  ctx: Ctx,
  { plan, account, locale, loginId, text, methodId }: Asked & { text: (name: string) => string; methodId: string },
) {
  const { currency } = account;
  const feeSeenMinor = /^\d{1,12}$/.test(text("fee")) ? BigInt(text("fee")) : 0n;
  const typed = text("amount");
  const parsed = text("intent") === "finish" ? null : parseAmount(typed, currency, locale);
  if (parsed && !parsed.ok) return refused({ amount: amountRefusalText(parsed, locale) }, { typed });
  const amountMinor = parsed?.ok ? parsed.value.amountMinor : plan.leftMinor;
  const input = {
    ...{ planId: plan.id, methodId, feeSeenMinor },
    idempotencyKey: `plan-pay:${loginId}:${text("key")}:${amountMinor.toString()}:${feeSeenMinor.toString()}:${methodId}`,
  };
  const paid = parsed
    ? await payPlanAhead({ ctx, input: { ...input, amountMinor } })
    : await finishPlan({ ctx, input });
  if (paid.ok) return redirect(`/payments/${encodeId("payment", paid.value.paymentId)}`, 303);
  const feeMinor = paid.reason === "fee_asked" ? paid.feeMinor : feeSeenMinor;
  return refused(
    payProblem(paid, (minor) => formatMoney(money(minor, currency), locale)),
    { typed, feeMinor },
  );
}

function payProblem(refusal: PayAheadRefusal, amount: (minor: bigint) => string): Record<string, string> {
  switch (refusal.reason) {
    case "more_than_left":
      return { amount: `The plan has ${amount(refusal.leftMinor)} left.` };
    case "below_minimum":
      return { amount: `The smallest payment is ${amount(refusal.minimumMinor)}.` };
    case "fee_asked":
      return { form: `A fee of ${amount(refusal.feeMinor)} is added. Press again to pay with it.` };
    case "method_gone":
      return { method: "This card or bank account cannot be used any more. Choose another one." };
    case "not_running":
      return { form: "This plan does not run any more." };
    case "nothing_to_pay":
      return { amount: "Enter an amount above zero." };
    default:
      return { form: "Something on this account changed meanwhile. Look at the plan again, then pay." };
  }
}
