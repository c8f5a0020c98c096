import { money } from "#app/contracts/money.ts";
import { Moment } from "#app/ui/date.tsx";
import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { Pairs } from "#app/ui/pairs.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import type { PlanDetail } from "#server/domains/plans/index.ts";

/** The plan's bills, and what was agreed to: text, time, person and address. */
export function PlanFacts({ plan, billPath }: { plan: PlanDetail; billPath: (number: string) => string }) {
  const { mandate, currency } = plan;
  return (
    <div className="grid content-start gap-10">
      <section aria-labelledby="plan-bills">
        <SectionHeader id="plan-bills" title="Bills on it" />
        <Pairs
          pairs={plan.bills.map((bill) => ({
            label: <Link to={billPath(bill.number)}>{bill.number}</Link>,
            value: <Money value={money(bill.plannedMinor, currency)} />,
          }))}
        />
      </section>
      {plan.methodLabel ? (
        <section aria-labelledby="plan-method">
          <SectionHeader id="plan-method" title="Paid from" />
          <p>{plan.methodLabel}</p>
        </section>
      ) : null}
      {mandate ? (
        <section aria-labelledby="mandate">
          <SectionHeader id="mandate" title="What was agreed to" />
          <p className="text-14 text-ink-2">
            “<bdi>{mandate.text}</bdi>”
          </p>
          <p className="mt-3 text-14 text-ink-2">
            Agreed to by <bdi>{mandate.by ?? "the account’s holder"}</bdi> on{" "}
            <Moment at={mandate.acceptedAt} absolute />
            {mandate.ip ? `, from the network address ${mandate.ip}` : ""}.
          </p>
        </section>
      ) : null}
    </div>
  );
}
