import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { decodeId } from "#app/contracts/ids.ts";
import { termsText } from "#app/contracts/plan-terms.ts";
import { accountBillPath, accountPartPath } from "#app/features/accounts/paths.ts";
import { PlanDecision } from "#app/features/plans/plan-decision.tsx";
import { PlanEnd } from "#app/features/plans/plan-end.tsx";
import { PlanFacts } from "#app/features/plans/plan-facts.tsx";
import { PlanHead } from "#app/features/plans/plan-head.tsx";
import { ProposalForm } from "#app/features/plans/proposal-form.tsx";
import { ScheduleTable } from "#app/features/plans/schedule-table.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { type PlanFormValues, planProblem, planValuesOf } from "#app/http/plan-form.server.ts";
import { readPreview, readTermsForm } from "#app/http/plan-page.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { Answer } from "#app/ui/answer.tsx";
import { Disclosure } from "#app/ui/disclosure.tsx";
import { Field } from "#app/ui/field.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import { useReply } from "#app/ui/use-reply.ts";
import { getAccountByNumber, type Account, getAccount } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { getConversation } from "#server/domains/conversations/index.ts";
import { getPlan, listPlans, offerPlan, type PlanDetail } from "#server/domains/plans/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

const accountOf = async (ctx: Ctx, number: string): Promise<Account> => {
  const { id } = await getAccountByNumber(ctx.db, number);
  return getAccount(ctx.db, id);
};

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, staff } = await requireStaff(args);
    const account = await accountOf(ctx, args.params["number"] ?? "");
    const today = todayIn(account.zone, ctx.now);
    const form = await readTermsForm(ctx, account);
    const preview = await readPreview(ctx, { account, values: form.values, locale: staff.locale });
    const plans = [];
    for (const { id } of await listPlans(ctx.db, { accountId: account.id, limit: 10 })) {
      plans.push(await getPlan(ctx.db, { planId: id, accountId: account.id, today }));
    }
    const asked = new URL(args.request.url).searchParams;
    return {
      ...{ number: account.number, form, schedule: preview.ok ? preview.schedule : null, plans },
      ...{ thread: asked.get("thread"), done: asked.get("done") === "offer" },
    };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, staff } = await requireStaff(args);
    const account = await accountOf(ctx, args.params["number"] ?? "");
    const { locale, loginId } = staff;
    const query = new URL(args.request.url).searchParams;
    const form = await readForm(args.request);
    const values = planValuesOf(form);
    const preview = await readPreview(ctx, { account, values, locale });
    if (!preview.ok) return answer({ values, errors: preview.errors, schedule: null });
    const { schedule, wish } = preview;
    if (form.get("intent") !== "send") return answer({ values, schedule, errors: {} }, 200);
    if (form.get("seen") !== termsText(values)) {
      return answer({
        values,
        schedule,
        errors: { form: "You changed the terms. Look at the schedule, then offer it." },
      });
    }
    const sent = z.object({ key: z.uuid(), version: z.coerce.number().int() }).safeParse(Object.fromEntries(form));
    if (!sent.success) return answer({ values, schedule, errors: { form: "This form was not complete." } });
    const thread = query.get("thread");
    const conversation =
      thread === null ? null : await getConversation({ db: ctx.db, actor: ctx.actor }, { number: thread });
    const offered = await offerPlan({
      ctx,
      input: {
        ...{
          ...wish,
          conversationId: conversation?.id ?? null,
          countersId: decodeId("plan", query.get("instead") ?? ""),
        },
        ...{ note: values.note.trim() || null, seenVersion: sent.data.version },
        idempotencyKey: `plan-offer:${loginId}:${sent.data.key}`,
      },
    });
    if (!offered.ok) {
      return answer({ values, schedule, errors: planProblem(offered, { currency: account.currency, locale }) });
    }
    const path = thread === null ? `${accountPartPath(account.number, "plans")}?done=offer` : `/console/c/${thread}`;
    return redirect(path, 303);
  });

type Reply = {
  values: PlanFormValues;
  errors: Record<string, string>;
  schedule: ReturnType<typeof useLoaderData<typeof loader>>["schedule"];
};

const answer = (reply: Reply, status = 422) => data<Reply>(reply, { status });

export default function AccountPlans() {
  const { number, form, plans, thread, done, ...first } = useLoaderData<typeof loader>();
  const reply = useReply<typeof action>();
  const values = reply?.values ?? form.values;
  return (
    <div className="grid gap-10">
      {done && !reply ? <Answer of={plans[0]?.id}>Offered. The customer is told, and can accept it.</Answer> : null}
      {plans.map((plan) => (
        <One key={plan.id} plan={plan} number={number} />
      ))}
      <section aria-labelledby="offer">
        <SectionHeader id="offer" title={thread === null ? "Offer a plan" : `Offer a plan in ${thread}`} />
        {form.bills.length === 0 ? (
          <p className="text-ink-2">Nothing is left to pay that could be split.</p>
        ) : (
          <ProposalForm
            key={termsText(values)}
            {...{ values, bills: form.bills, bounds: form.bounds, currency: form.currency, formKey: form.formKey }}
            {...{ version: form.version, errors: reply?.errors ?? {}, seen: termsText(values) }}
            schedule={reply ? reply.schedule : first.schedule}
            submit="Offer this plan"
          >
            <Field name="note" label="For the customer" optional>
              <TextInput defaultValue={values.note} maxLength={500} />
            </Field>
          </ProposalForm>
        )}
      </section>
    </div>
  );
}

function One({ plan, number }: { plan: PlanDetail; number: string }) {
  const here = accountPartPath(number, "plans");
  return (
    <article className="grid gap-4 border-b border-line pb-6">
      <PlanHead plan={plan} customer={false} />
      {plan.state === "proposed" ? <PlanDecision planId={plan.id} back={here} /> : null}
      <div>
        <Disclosure label="Schedule, bills and mandate" open={plan.state === "active"}>
          <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_18rem]">
            <ScheduleTable rows={plan.schedule} currency={plan.currency} states={plan.startedOn !== null} />
            <PlanFacts plan={plan} billPath={(bill) => accountBillPath(number, bill)} />
          </div>
        </Disclosure>
        {plan.state === "active" || plan.state === "offered" ? (
          <PlanEnd planId={plan.id} runs={plan.state === "active"} back={here} />
        ) : null}
      </div>
    </article>
  );
}
