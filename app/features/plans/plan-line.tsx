import { encodeId } from "#app/contracts/ids.ts";
import { PLAN_EVERY_WORDS, planState } from "#app/contracts/messages/plans.ts";
import { money } from "#app/contracts/money.ts";
import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { Status } from "#app/ui/status.tsx";
import type { Plan } from "#server/domains/plans/index.ts";

export const planPath = (id: string): string => `/plans/${encodeId("plan", id)}`;

/** The plans that run or wait. Nothing where there are none. */
export function PlanLines({ plans }: { plans: readonly Plan[] }) {
  return <Plans id="plans" plans={plans} title={plans.length === 1 ? "Payment plan" : "Payment plans"} />;
}

/** What waits for the customer's word, for the place where they look first. */
export function PlanOffers({ plans }: { plans: readonly Plan[] }) {
  return <Plans id="plan-offers" plans={plans} title="A payment plan, offered to you" />;
}

function Plans({ id, plans, title }: { id: string; plans: readonly Plan[]; title: string }) {
  if (plans.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <SectionHeader id={id} title={title} />
      <ul className="grid border-y border-line">
        {plans.map((plan) => (
          <li key={plan.id} className="border-line py-3 [&+li]:border-t">
            <p className="flex justify-between gap-3">
              <Link to={planPath(plan.id)}>
                {plan.instalments} instalments, {PLAN_EVERY_WORDS[plan.every]}
              </Link>
              <Money value={money(plan.totalMinor, plan.currency)} />
            </p>
            <p className="mt-1 text-14">
              <Status tone={plan.state === "offered" ? "waiting" : planState(plan.state).tone}>
                {plan.state === "offered" ? "Waits for you" : planState(plan.state).word}
              </Status>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
