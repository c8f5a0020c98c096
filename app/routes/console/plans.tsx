import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { PLAN_EVERY_WORDS } from "#app/contracts/messages/plans.ts";
import { money } from "#app/contracts/money.ts";
import { accountPartPath } from "#app/features/accounts/paths.ts";
import { type DecisionReply, PlanDecision } from "#app/features/plans/plan-decision.tsx";
import { requireStaff, serverOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { planProblem } from "#app/http/plan-form.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { ConsolePage } from "#app/ui/console-shell.tsx";
import { Day } from "#app/ui/date.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { CalendarDays } from "#app/ui/icons.ts";
import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { Table } from "#app/ui/table.tsx";
import { useReply } from "#app/ui/use-reply.ts";
import { getBusiness } from "#server/domains/business/index.ts";
import { approvePlan, cancelPlan, declinePlan, listPlansOfAll, type WaitingPlan } from "#server/domains/plans/index.ts";
import { notFound } from "#server/platform/faults.ts";

export const meta: MetaFunction = () => [{ title: "Plans" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const [waiting, offered, running] = await Promise.all([
      listPlansOfAll(ctx.db, { state: "proposed" }),
      listPlansOfAll(ctx.db, { state: "offered" }),
      listPlansOfAll(ctx.db, { state: "active" }),
    ]);
    return { waiting, offered, running };
  });

const schema = z.object({
  plan: z.uuid(),
  intent: z.enum(["approve", "decline", "cancel"]),
  reason: z.string().max(300).default(""),
  back: z.string().default("/console/plans"),
});

/** Answers a proposal, takes an offer back, or ends a plan: from the list, a thread or the account. */
export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, staff } = await requireStaff(args);
    const sent = schema.safeParse(Object.fromEntries(await readForm(args.request)));
    if (!sent.success) throw notFound("plan");
    const { plan: planId, intent, reason, back } = sent.data;
    const done =
      intent === "approve"
        ? await approvePlan({ ctx, input: { planId } })
        : intent === "decline"
          ? await declinePlan({ ctx, input: { planId, reason: reason.trim() || null } })
          : await cancelPlan({ ctx, input: { planId, reason } });
    if (done.ok)
      return serverOf(args).byScript ? data<DecisionReply>({ ok: true, intent, errors: {} }) : redirect(back, 303);
    const { currency } = await getBusiness(ctx.db);
    return data<DecisionReply>(
      { ok: false, intent, errors: planProblem(done, { currency, locale: staff.locale }) },
      { status: 422 },
    );
  });

export default function PlansPage() {
  const { waiting, offered, running } = useLoaderData<typeof loader>();
  // Only without script: else the answer stands where it was asked.
  const problem = Object.values(useReply<DecisionReply>()?.errors ?? {})[0];
  const none = waiting.length + offered.length + running.length === 0;
  return (
    <ConsolePage>
      <PageHeader title="Plans" lead="Proposals wait for an answer here; offers wait for the customer." />
      {problem === undefined ? null : (
        <Notice tone="overdue" live>
          {problem}
        </Notice>
      )}
      {none ? (
        <EmptyState icon={CalendarDays} title="No payment plans">
          Customers propose one from their account; you offer one from a conversation or an account.
        </EmptyState>
      ) : (
        <div className="grid gap-10">
          <Part id="waiting" title="Waiting for us" plans={waiting} empty="No proposal waits." decide />
          <Part id="offered" title="Waiting for the customer" plans={offered} empty="No offer is open." />
          <Part id="running" title="Running" plans={running} empty="No plan runs." />
        </div>
      )}
    </ConsolePage>
  );
}

type PartProps = { id: string; title: string; plans: readonly WaitingPlan[]; empty: string; decide?: boolean };

function Part({ id, title, plans, empty, decide = false }: PartProps) {
  return (
    <section aria-labelledby={id}>
      <SectionHeader id={id} title={title} />
      {plans.length === 0 ? (
        <p className="text-ink-2">{empty}</p>
      ) : (
        <Table
          caption={title}
          rows={plans}
          rowKey={(plan) => plan.id}
          columns={[
            {
              ...{ key: "who", header: "Account", phone: "title" as const, width: "w-[30%]" },
              cell: (plan) => <Link to={accountPartPath(plan.accountNumber, "plans")}>{plan.accountName}</Link>,
            },
            {
              ...{ key: "terms", header: "Terms", phone: "sub" as const, width: "w-[35%]" },
              cell: (plan) => (
                <>
                  {plan.instalments} × {PLAN_EVERY_WORDS[plan.every]}, from <Day date={plan.firstOn} style="short" />
                </>
              ),
            },
            {
              ...{ key: "total", header: "Total", align: "end" as const, phone: "amount" as const },
              cell: (plan) => <Money value={money(plan.totalMinor, plan.currency)} />,
            },
            ...(decide
              ? [
                  {
                    ...{ key: "decide", header: "Answer" },
                    cell: (plan: WaitingPlan) => <PlanDecision planId={plan.id} back="/console/plans" tells />,
                  },
                ]
              : []),
          ]}
        />
      )}
    </section>
  );
}
