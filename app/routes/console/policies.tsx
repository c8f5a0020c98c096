import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { type ReactNode } from "react";

import { errorsOf } from "#app/contracts/form-reply.ts";
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
import { type PolicyAnswer, PolicyHistory } from "#app/features/business/policy-frame.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { savePolicyForm } from "#app/http/policies.server.ts";
import { ConsolePage } from "#app/ui/console-shell.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { useFormRounds } from "#app/ui/use-form-round.ts";
import { useReply } from "#app/ui/use-reply.ts";
import { getBusiness, getPolicy, listPolicyVersions, type PolicyKind } from "#server/domains/business/index.ts";
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
    return savePolicyForm(ctx, { request: args.request, locale: staff.locale });
  });

const TITLES: Record<PolicyKind, string> = {
  credit_limits: "Credit limits",
  dispute_clock: "Days for a dispute",
  payment: "Payments",
  pay_links: "Pay links",
  autopay: "Autopay and dates",
  plans: "Plans and promises",
  reminders: "Reminders",
  late_fee: "Late fees",
};
const KINDS = Object.keys(TITLES) as PolicyKind[];

export default function PoliciesPage() {
  return (
    <ConsolePage>
      <PageHeader
        title="Policies"
        lead="The rules that decide by themselves. Each change is a new version from today; what was decided before keeps its rule."
      />
      <div className="page-with-parts">
        <nav className="page-parts" aria-label="Policies">
          {KINDS.map((kind) => (
            <a key={kind} href={`#${kind}`}>
              {TITLES[kind]}
            </a>
          ))}
        </nav>
        <div className="grid max-w-4xl min-w-0 gap-10">
          <GivingSections />
          <CollectingSections />
        </div>
      </div>
    </ConsolePage>
  );
}

/** What came back to each form. A form begins anew with its own answer; what is typed into the others stays. */
function useAnswers() {
  const reply = useReply<typeof action>();
  const about = reply?.values["policy"];
  return {
    reply,
    roundOf: useFormRounds(reply, about),
    answerTo: (kind: PolicyKind): PolicyAnswer => {
      const [refused, saved] = about !== kind ? [null, null] : reply?.ok === false ? [reply, null] : [null, reply];
      const [typed, errors] = refused ? [refused.values, errorsOf(refused)] : [null, {}];
      return { typed, errors, saved: saved ?? null };
    },
  };
}

/** What may be given away and asked for at once. */
function GivingSections() {
  const { limits, clocks, payment, payLinks, currency } = useLoaderData<typeof loader>();
  const { reply, roundOf, answerTo } = useAnswers();
  return (
    <>
      <Section kind="credit_limits" versions={limits.versions}>
        <LimitsForm
          key={roundOf("credit_limits")}
          {...answerTo("credit_limits")}
          limits={limits.body}
          version={limits.version}
          currency={currency}
        />
      </Section>
      <Section kind="dispute_clock" versions={clocks.versions}>
        <ClockForms
          key={roundOf("dispute_clock")}
          {...answerTo("dispute_clock")}
          clocks={clocks.body}
          version={clocks.version}
          savedClock={reply?.values["clock"]}
        />
      </Section>
      <Section kind="payment" versions={payment.versions}>
        <PaymentPolicyForm
          key={roundOf("payment")}
          {...answerTo("payment")}
          policy={payment.body}
          version={payment.version}
          currency={currency}
        />
      </Section>
      <Section kind="pay_links" versions={payLinks.versions}>
        <PayLinksPolicyForm
          key={roundOf("pay_links")}
          {...answerTo("pay_links")}
          policy={payLinks.body}
          version={payLinks.version}
        />
      </Section>
    </>
  );
}

/** What is taken by itself, paid in parts, reminded of and charged for being late. */
function CollectingSections() {
  const { autopay, plans, lateFee, reminders, currency } = useLoaderData<typeof loader>();
  const { roundOf, answerTo } = useAnswers();
  return (
    <>
      <Section kind="autopay" versions={autopay.versions}>
        <AutopayPolicyForm
          key={roundOf("autopay")}
          {...answerTo("autopay")}
          policy={autopay.body}
          version={autopay.version}
        />
      </Section>
      <Section kind="plans" versions={plans.versions}>
        <PlanPolicyForm
          key={roundOf("plans")}
          {...answerTo("plans")}
          policy={plans.body}
          version={plans.version}
          currency={currency}
        />
      </Section>
      <Section kind="reminders" versions={reminders.versions}>
        <RemindersPolicyForm
          key={roundOf("reminders")}
          {...answerTo("reminders")}
          policy={reminders.body}
          version={reminders.version}
        />
      </Section>
      <Section kind="late_fee" versions={lateFee.versions}>
        <LateFeePolicyForm
          key={roundOf("late_fee")}
          {...answerTo("late_fee")}
          policy={lateFee.body}
          version={lateFee.version}
          currency={currency}
        />
      </Section>
    </>
  );
}

type SectionProps = {
  kind: PolicyKind;
  versions: ReturnType<typeof useLoaderData<typeof loader>>["limits"]["versions"];
  children: ReactNode;
};

function Section({ kind, versions, children }: SectionProps) {
  return (
    <section id={kind} aria-label={TITLES[kind]} className="grid gap-3">
      <SectionHeader title={TITLES[kind]} />
      {children}
      <PolicyHistory versions={versions} />
    </section>
  );
}
