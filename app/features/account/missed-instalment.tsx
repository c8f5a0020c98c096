import { Day } from "#app/ui/date.tsx";
import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { Notice } from "#app/ui/notice.tsx";
import type { Missed } from "#server/domains/plans/index.ts";

import { planPath } from "../plans/plan-line.tsx";

type Props = { missed: Missed; mayPay: boolean };

/** That an instalment could not be taken, and until when somebody can pay it by hand. */
export function MissedInstalment({ missed, mayPay }: Props) {
  return (
    <div className="mt-4 max-w-[34rem]">
      <Notice tone="overdue">
        <Money value={missed.due} /> of the payment plan could not be taken.{" "}
        {mayPay ? <Link to={planPath(missed.planId)}>Pay it by hand</Link> : "Whoever pays here can do so by hand"} by{" "}
        <Day date={missed.payBy} />, or the plan may end.
      </Notice>
    </div>
  );
}
