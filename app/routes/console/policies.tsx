import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { type ReactNode } from "react";
import { type z } from "zod";

import { errorsOf } from "#app/contracts/form-reply.ts";
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
import { ClockForms } from "#app/features/business/clock-forms.tsx";
import {
  AutopayPolicyForm,
  LateFeePolicyForm,
  RemindersPolicyForm,
} from "#app/features/business/collection-policy-forms.tsx";
import { LimitsForm } from "#app/features/business/limits-form.tsx";
import { PayLinksPolicyForm } from "#app/features/business/pay-links-policy-form.tsx";
import { PaymentPolicyForm } from "#app/features/business/payment-policy-form.tsx";
import { PlanPolicyForm } from "#app/features/business/plan-policy-form.tsx";
import { PolicyHistory } from "#app/features/business/policy-frame.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formReply, parseForm } from "#app/http/forms.server.ts";
import { ConsolePage } from "#app/ui/console-shell.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { useFormRound } from "#app/ui/use-form-round.ts";
import { useReply } from "#app/ui/use-reply.ts";
import {
  getBusiness,
  getPolicy,
  listPolicyVersions,
  type Policy,
  type PolicyKind,
  savePolicy,
} from "#server/domains/business/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

export const meta: MetaFunction = () => [{ title: "Policies" }];

export { revalidateOnConflict as shouldRevalidate } from "#app/ui/use-form-round.ts";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args, "admin");
    const [limits, clocks, payment, payLinks, autopay, plans, lateFee, reminders, { currency }] = await Promise.all([
      readPolicy(ctx, "credit_limits"),
      readPolicy(ctx, "dispute_clock"),
      readPolicy(ctx, "payment"),
      readPolicy(ctx, "pay_links"),
      readPolicy(ctx, "autopay"),
      readPolicy(ctx, "plans"),
      readPolicy(ctx, "late_fee"),
      readPolicy(ctx, "reminders"),
      getBusiness(ctx.db),
    ]);
    return { limits, clocks, payment, payLinks, autopay, plans, lateFee, reminders, currency };
  });

async function readPolicy<K extends PolicyKind>(ctx: Ctx, kind: K) {
  const [policy, versions] = await Promise.all([getPolicy(ctx.db, kind), listPolicyVersions(ctx.db, kind)]);
  return { ...policy, versions };
}

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, staff } = await requireStaff(args, "admin");
    const policy = policyName.safeParse((await args.request.clone().formData()).get("policy"));
    if (!policy.success) throw new Response(null, { status: 400 });
    const reader = { currency: (await getBusiness(ctx.db)).currency, locale: staff.locale };
    switch (policy.data) {
      case "credit_limits":
        return saveForm(ctx, { request: args.request, schema: creditLimitsForm(reader) });
      case "payment":
        return saveForm(ctx, { request: args.request, schema: paymentPolicyForm(reader) });
      case "pay_links":
        return saveForm(ctx, { request: args.request, schema: payLinksPolicyForm });
      case "autopay":
        return saveForm(ctx, { request: args.request, schema: autopayPolicyForm });
      case "plans":
        return saveForm(ctx, { request: args.request, schema: planPolicyForm(reader) });
      case "late_fee":
        return saveForm(ctx, { request: args.request, schema: lateFeePolicyForm(reader) });
      case "reminders":
        return saveForm(ctx, { request: args.request, schema: remindersPolicyForm });
      case "dispute_clock": {
        const form = await parseForm(args.request, disputeClockForm);
        if (!form.ok) return data(form.reply, { status: 422 });
        const { reason, version: expectedVersion } = form.value;
        const body = withClock((await getPolicy(ctx.db, "dispute_clock")).body, form.value);
        return save(ctx, { kind: "dispute_clock", body, reason, expectedVersion }, form.values);
      }
    }
  });

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
  if (saved.ok) return { ok: true as const };
  const text = businessRefusalText(saved);
  return saved.reason === "reason_needed"
    ? formReply(values, { errors: { reason: text } })
    : formReply(values, { message: text, status: 409 });
}

export default function PoliciesPage() {
  const { limits, clocks, payment, payLinks, currency } = useLoaderData<typeof loader>();
  const reply = useReply<typeof action>();
  const round = useFormRound(reply);
  const errors = errorsOf(reply);
  const typed = reply?.ok === false ? reply.values : null;
  const factsOf = (policy: PolicyKind) =>
    typed?.["policy"] === policy ? { typed, errors } : { typed: null, errors: {} };
  return (
    <ConsolePage>
      <PageHeader
        title="Policies"
        lead="The rules that decide by themselves. Each change is a new version from today; what was decided before keeps its rule."
      />
      <div className="grid max-w-4xl gap-10">
        {reply?.ok ? (
          <Notice tone="settled" live>
            Saved. It holds from now on.
          </Notice>
        ) : null}
        <Section title="Credit limits" versions={limits.versions}>
          <LimitsForm
            key={round}
            limits={limits.body}
            version={limits.version}
            currency={currency}
            {...factsOf("credit_limits")}
          />
        </Section>
        <Section title="Days for a dispute" versions={clocks.versions}>
          <ClockForms key={round} clocks={clocks.body} version={clocks.version} {...factsOf("dispute_clock")} />
        </Section>
        <Section title="Payments" versions={payment.versions}>
          <PaymentPolicyForm
            key={round}
            policy={payment.body}
            version={payment.version}
            currency={currency}
            {...factsOf("payment")}
          />
        </Section>
        <Section title="Pay links" versions={payLinks.versions}>
          <PayLinksPolicyForm key={round} policy={payLinks.body} version={payLinks.version} {...factsOf("pay_links")} />
        </Section>
        <CollectingSections {...{ round, factsOf }} />
      </div>
    </ConsolePage>
  );
}

type FactsOf = (policy: PolicyKind) => { typed: Record<string, string> | null; errors: Record<string, string> };

/** What is taken by itself, paid in parts, reminded of and charged for being late. */
function CollectingSections({ round, factsOf }: { round: number | string; factsOf: FactsOf }) {
  const { autopay, plans, lateFee, reminders, currency } = useLoaderData<typeof loader>();
  return (
    <>
      <Section title="Autopay and dates" versions={autopay.versions}>
        <AutopayPolicyForm key={round} policy={autopay.body} version={autopay.version} {...factsOf("autopay")} />
      </Section>
      <Section title="Plans and promises" versions={plans.versions}>
        <PlanPolicyForm
          key={round}
          policy={plans.body}
          version={plans.version}
          currency={currency}
          {...factsOf("plans")}
        />
      </Section>
      <Section title="Reminders" versions={reminders.versions}>
        <RemindersPolicyForm
          key={round}
          policy={reminders.body}
          version={reminders.version}
          {...factsOf("reminders")}
        />
      </Section>
      <Section title="Late fees" versions={lateFee.versions}>
        <LateFeePolicyForm
          key={round}
          policy={lateFee.body}
          version={lateFee.version}
          currency={currency}
          {...factsOf("late_fee")}
        />
      </Section>
    </>
  );
}

type SectionProps = {
  title: string;
  versions: ReturnType<typeof useLoaderData<typeof loader>>["limits"]["versions"];
  children: ReactNode;
};

function Section({ title, versions, children }: SectionProps) {
  return (
    <section aria-label={title} className="grid gap-3">
      <SectionHeader title={title} />
      {children}
      <PolicyHistory versions={versions} />
    </section>
  );
}
