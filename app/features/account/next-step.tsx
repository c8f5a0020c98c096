import { isZero } from "#app/contracts/money.ts";
import { Link } from "#app/ui/link.tsx";
import type { AccountMoney } from "#server/domains/invoices/index.ts";

import { type Standing } from "./to-pay.ts";

type NextStepProps = { money: AccountMoney; standing: Standing; mayPay: boolean };

/** One way on, under the amount: for whoever cannot pay, or waits for something. Nothing where nothing is to do. */
export function NextStep({ money, standing, mayPay }: NextStepProps) {
  if (mayPay && !isZero(money.pastDue) && !isZero(money.toPayNow))
    return (
      <p className="mt-3 text-14 text-ink-2">
        Can’t pay all of it now? <Link to="/plans/new">Pay in parts</Link>, <Link to="/promise">promise a day</Link> or{" "}
        <Link to="/messages?about=account">tell us</Link>.
      </p>
    );
  if (standing.kind === "held" && !isZero(money.inDispute))
    return (
      <p className="mt-3 text-14">
        <Link to="/disputes">See where your dispute stands</Link>
      </p>
    );
  if (!isZero(money.processing))
    return (
      <p className="mt-3 text-14">
        <Link to="/activity">See your payment</Link>
      </p>
    );
  return null;
}
