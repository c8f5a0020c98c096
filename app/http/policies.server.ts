import { data } from "@remix-run/node";
import { type z } from "zod";

import {
  autopayPolicyForm,
  creditLimitsForm,
  disputeClockForm,
  lateFeePolicyForm,
  payLinksPolicyForm,
  paymentPolicyForm,
  policyName,
  remindersPolicyForm,
} from "#app/contracts/forms/policies.ts";
import { planPolicyForm } from "#app/contracts/forms/plan-policy.ts";
import { businessRefusalText } from "#app/contracts/messages/business.ts";
import { getBusiness, getPolicy, type Policy, type PolicyKind, savePolicy } from "#server/domains/business/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { formReply, parseForm } from "./forms.server.ts";
import { readForm } from "./read-form.server.ts";

/** Saves the policy whose form was sent, as a new version. Answers with what was sent, so that its form knows itself. */
export async function savePolicyForm(ctx: Ctx, { request, locale }: { request: Request; locale: string }) {
  const policy = policyName.safeParse((await readForm(request.clone())).get("policy"));
  if (!policy.success) throw new Response(null, { status: 400 });
  const reader = { currency: (await getBusiness(ctx.db)).currency, locale };
  switch (policy.data) {
    case "credit_limits":
      return saveForm(ctx, { request, schema: creditLimitsForm(reader) });
    case "payment":
      return saveForm(ctx, { request, schema: paymentPolicyForm(reader) });
    case "pay_links":
      return saveForm(ctx, { request, schema: payLinksPolicyForm });
    case "autopay":
      return saveForm(ctx, { request, schema: autopayPolicyForm });
    case "plans":
      return saveForm(ctx, { request, schema: planPolicyForm(reader) });
    case "late_fee":
      return saveForm(ctx, { request, schema: lateFeePolicyForm(reader) });
    case "reminders":
      return saveForm(ctx, { request, schema: remindersPolicyForm });
    case "dispute_clock": {
      const form = await parseForm(request, disputeClockForm);
      if (!form.ok) return data(form.reply, { status: 422 });
      const { reason, version: expectedVersion } = form.value;
      const body = withClock((await getPolicy(ctx.db, "dispute_clock")).body, form.value);
      return save(ctx, { kind: "dispute_clock", body, reason, expectedVersion }, form.values);
    }
  }
}

type ClockWish = (typeof disputeClockForm)["_output"];

/** The clocks with the one that was asked for set or taken out. */
function withClock(clocks: Policy<"dispute_clock">, wish: ClockWish): Policy<"dispute_clock"> {
  if (wish.intent === "remove_clock") {
    const { [wish.clock]: _removed, ...rest } = clocks;
    return { ...rest, default: clocks.default };
  }
  const { clock, label, acknowledge, resolve, appeal, businessDays } = wish;
  return {
    ...clocks,
    [clock]: {
      ...{ label, acknowledgeWithinDays: acknowledge, resolveWithinDays: resolve, appealWithinDays: appeal },
      businessDays: businessDays === "yes",
    },
  };
}

type Wish<K extends PolicyKind> = { kind: K; body: Policy<K>; reason: string; expectedVersion: number };

async function saveForm<K extends PolicyKind>(
  ctx: Ctx,
  { request, schema }: { request: Request; schema: z.ZodType<Wish<K>> },
) {
  const form = await parseForm(request, schema);
  return form.ok ? save(ctx, form.value, form.values) : data(form.reply, { status: 422 });
}

async function save<K extends PolicyKind>(ctx: Ctx, input: Wish<K>, values: Record<string, string>) {
  const saved = await savePolicy({ ctx, input });
  if (saved.ok) return { ok: true as const, values };
  const text = businessRefusalText(saved);
  return saved.reason === "reason_needed"
    ? formReply(values, { errors: { reason: text } })
    : formReply(values, { message: text, status: 409 });
}
