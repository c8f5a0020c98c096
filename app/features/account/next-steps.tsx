import { type ReactNode } from "react";

import { isZero } from "#app/contracts/money.ts";
import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { Notice } from "#app/ui/notice.tsx";
import type { AccountMoney } from "#server/domains/invoices/index.ts";

import { type Standing } from "./to-pay.ts";

/** What to do next, or that there is nothing to do: at most one sentence with one way on. */
export function NextStep({ money, standing }: { money: AccountMoney; standing: Standing }) {
  const step = stepOf(money, standing);
  return step ? <Notice tone={step.tone}>{step.words}</Notice> : null;
}

type Step = { tone: "overdue" | "waiting" | "dispute" | "settled"; words: ReactNode };

function stepOf(money: AccountMoney, standing: Standing): Step | null {
  if (!isZero(money.pastDue))
    return {
      tone: "overdue",
      words: (
        <>
          <Money value={money.pastDue} /> is past due. Pay it now, or{" "}
          <Link to="/messages?about=account">tell us what is in the way</Link>.
        </>
      ),
    };
  if (!isZero(money.processing))
    return {
      tone: "waiting",
      words: (
        <>
          <Money value={money.processing} /> is on its way. Nothing more to do for it.
        </>
      ),
    };
  if (standing.kind === "held" && !isZero(money.inDispute))
    return {
      tone: "dispute",
      words: (
        <>
          You are not asked for <Money value={money.inDispute} /> while we look into it.{" "}
          <Link to="/disputes">See your disputes</Link>.
        </>
      ),
    };
  return null;
}
