import { randomUUID } from "node:crypto";

import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";

import { decodeId, encodeId } from "#app/contracts/ids.ts";
import { ownOf } from "#app/contracts/own-of.ts";
import { billPath } from "#app/features/bills/bill-path.ts";
import { SaveMethodLink } from "#app/features/methods/save-method-link.tsx";
import { PlanFacts } from "#app/features/plans/plan-facts.tsx";
import { AcceptForm, MethodForm, PayAheadForm } from "#app/features/plans/plan-forms.tsx";
import { PlanHead } from "#app/features/plans/plan-head.tsx";
import { ScheduleTable } from "#app/features/plans/schedule-table.tsx";
import { requireAccount, serverOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { actOnPlan, type PlanReply } from "#app/http/plan-actions.server.ts";
import { mandateFor, usableMethods } from "#app/http/plan-page.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { useReply } from "#app/ui/use-reply.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { getPlan } from "#server/domains/plans/index.ts";
import { notFound } from "#server/platform/faults.ts";

export const meta: MetaFunction = () => [{ title: "Payment plan" }];

async function readOne(args: LoaderFunctionArgs) {
  const asked = await requireAccount(args);
  const planId = decodeId("plan", args.params["id"] ?? "");
  if (planId === null) throw notFound("plan");
  const today = todayIn(asked.account.zone, asked.ctx.now);
  return { ...asked, plan: await getPlan(asked.ctx.db, { planId, accountId: asked.account.id, today }) };
}

const DONE: Readonly<Record<string, string>> = {
  accepted: "Your plan has begun. What is on it is not past due any more.",
  method: "The next payments are taken from there.",
};

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account, customer, right, plan } = await readOne(args);
    const { schedule } = plan;
    const method = "the card or bank account chosen here";
    const mandate = await mandateFor(ctx, { account, schedule, method, locale: customer.locale });
    return {
      ...{ plan, mandate, mayPay: right !== "view", formKey: randomUUID() },
      methods: await usableMethods(ctx, account.id),
      done: ownOf(DONE, new URL(args.request.url).searchParams.get("done")) ?? null,
    };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account, customer, plan } = await readOne(args);
    const form = await readForm(args.request);
    const { locale, loginId } = customer;
    return actOnPlan(ctx, { account, plan, form, locale, loginId, ip: serverOf(args).ip });
  });

/** With nothing to take it from, an instalment is not taken on its day: it only comes. */
const asToCome = <Row extends { state: string }>(row: Row): Row =>
  row.state === "announced" ? { ...row, state: "scheduled" } : row;

export default function PlanPage() {
  const { plan, mandate, mayPay, methods, formKey, done } = useLoaderData<typeof loader>();
  const reply: PlanReply | undefined = useReply<typeof action>();
  const errors = reply?.errors ?? {};
  const runs = plan.schedule.some((one) => one.state !== "scheduled") || plan.startedOn !== null;
  const due = plan.schedule.filter((one) => one.dueMinor > 0n && one.state !== "processing");
  const next = due.find((one) => one.state === "missed") ?? due[0];
  return (
    <>
      <h1 className="mb-6 text-20">Payment plan</h1>
      <div className="grid gap-10 lg:grid-cols-[minmax(0,1fr)_18rem] lg:gap-16">
        <div className="grid min-w-0 content-start gap-8">
          {done ? (
            <Notice tone="settled" live>
              {done}
            </Notice>
          ) : null}
          <ErrorSummary errors={errors} />
          <PlanHead plan={plan} customer />
          {plan.state === "offered" && mayPay ? (
            <AcceptForm
              {...{ methods, mandate, errors }}
              counterPath={`/plans/new?instead=${encodeId("plan", plan.id)}`}
            />
          ) : null}
          <section aria-labelledby="schedule">
            <SectionHeader id="schedule" title="Schedule" />
            <ScheduleTable
              rows={plan.methodId === null ? plan.schedule.map(asToCome) : plan.schedule}
              currency={plan.currency}
              states={runs}
              paymentPath={(id) => `/payments/${id}`}
            />
          </section>
          {plan.state === "proposed" && mayPay ? (
            <Form method="post">
              <SubmitButton variant="quiet" name="intent" value="decline">
                Take this proposal back
              </SubmitButton>
            </Form>
          ) : null}
          {plan.state === "active" && mayPay && plan.leftMinor > 0n && methods.length > 0 ? (
            <section aria-labelledby="ahead" className="grid gap-4">
              <SectionHeader id="ahead" title="Pay ahead" />
              <PayAheadForm
                {...{ methods, errors, formKey, currency: plan.currency, methodId: plan.methodId }}
                leftMinor={plan.leftMinor}
                nextMinor={next && next.dueMinor < plan.leftMinor ? next.dueMinor : plan.leftMinor}
                feeMinor={reply?.feeMinor ?? 0n}
                typed={reply?.typed ?? null}
              />
              <MethodForm methods={methods} methodId={plan.methodId} />
            </section>
          ) : null}
          {plan.state === "active" && mayPay && plan.leftMinor > 0n && methods.length === 0 ? (
            <SaveMethodLink>Add a card or bank account</SaveMethodLink>
          ) : null}
        </div>
        <PlanFacts plan={plan} billPath={billPath} />
      </div>
    </>
  );
}
