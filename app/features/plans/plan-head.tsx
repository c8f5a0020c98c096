import { type ReactNode } from "react";

import { isolated } from "#app/contracts/isolated.ts";
import { PLAN_EVERY_WORDS, planState } from "#app/contracts/messages/plans.ts";
import { money, toDecimal } from "#app/contracts/money.ts";
import { Day } from "#app/ui/date.tsx";
import { LiveValue } from "#app/ui/live-value.tsx";
import { Money } from "#app/ui/money.tsx";
import { Status } from "#app/ui/status.tsx";
import type { PlanDetail } from "#server/domains/plans/index.ts";

export type PlanHeadProps = { plan: PlanDetail; customer: boolean };

/** A plan's amount, its state, and the one sentence about what happens now. */
export function PlanHead({ plan, customer }: PlanHeadProps) {
  const runs = plan.state === "active";
  const left = plan.schedule.reduce((sum, one) => sum + (one.dueMinor ?? 0n), 0n);
  const shown = money(runs ? left : plan.totalMinor, plan.currency);
  const { tone, word } = planState(plan.state);
  return (
    <section aria-label="Amount">
      <p className="text-14 font-medium text-ink-2">{runs ? "Left on this plan" : "To be paid in parts"}</p>
      <div className="mt-1 flex flex-wrap items-baseline justify-between gap-x-4 md:justify-start">
        <LiveValue on={toDecimal(shown)}>
          <Money value={shown} size="hero" />
        </LiveValue>
        <Status tone={tone} pill>
          {customer && plan.state === "offered" ? "Waits for you" : word}
        </Status>
      </div>
      <p className="mt-2 max-w-[68ch] text-ink-2">{sentenceOf(plan, customer)}</p>
      {plan.note ? (
        <p className="mt-2 max-w-[68ch]">
          “<bdi>{plan.note}</bdi>” {plan.madeByName ? <bdi className="text-ink-2">{plan.madeByName}</bdi> : null}
        </p>
      ) : null}
    </section>
  );
}

function sentenceOf(plan: PlanDetail, customer: boolean): ReactNode {
  const { instalments, every, methodLabel } = plan;
  const parts = (
    <>
      {instalments} instalments, {PLAN_EVERY_WORDS[every]}.
    </>
  );
  switch (plan.state) {
    case "proposed":
      return (
        <>
          {parts}{" "}
          {customer && methodLabel ? "We look at it and tell you. Until then your bills are due as before." : null}{" "}
          {methodLabel ? (
            <>
              It stands until <Day date={plan.expiresOn} style="short" />.
            </>
          ) : customer ? (
            "What it was to be paid from was removed: take it back, and propose it with another card or bank account."
          ) : (
            "What it was to be paid from was removed: it cannot be approved."
          )}
        </>
      );
    case "offered":
      return (
        <>
          {parts} The offer stands until <Day date={plan.expiresOn} style="short" />. Nothing is taken before it is
          accepted.
        </>
      );
    case "active":
      return <Next plan={plan} customer={customer} />;
    case "completed":
      return "All of it is paid. Nothing more will be taken.";
    case "broken":
      return "Instalments were missed, so it ended. What is open is due on the dates of its bills.";
    case "cancelled":
      return plan.endReason
        ? `“${isolated(plan.endReason)}”`
        : "It was canceled. What is open is due on the dates of its bills.";
    case "declined":
      return plan.endReason === "countered"
        ? "Other terms took its place."
        : "It was not agreed to. The bills are due as before.";
    case "expired":
      return "Nobody agreed to it in time. The bills are due as before.";
  }
}

const NOTHING_TO_TAKE_FROM =
  "There is nothing to take it from: choose a card or bank account for the plan, or pay it by hand by then.";

function Next({ plan, customer }: PlanHeadProps) {
  const missed = plan.schedule.find((one) => one.state === "missed");
  if (missed)
    return (
      <>
        <Money value={money(missed.dueMinor, plan.currency)} /> of <Day date={missed.dueOn} style="short" /> was missed.
        {missed.payBy ? (
          <>
            {" "}
            {customer ? "Pay it" : "To be paid"} by hand by <Day date={missed.payBy} />, or the plan may end.
          </>
        ) : null}
      </>
    );
  const next = plan.schedule.find((one) => one.state === "announced" || one.state === "scheduled");
  if (!next) return "The last payment is on its way.";
  return (
    <>
      Next: <Money value={money(next.dueMinor, plan.currency)} /> on{" "}
      <Day date={next.tryOn ?? next.dueOn} style="short" />
      {plan.methodLabel ? ` from ${plan.methodLabel}` : ""}. What is on the plan is not past due.
      {plan.methodLabel ? null : ` ${customer ? NOTHING_TO_TAKE_FROM : "There is nothing to take it from."}`}
    </>
  );
}
