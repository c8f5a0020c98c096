import { Fragment, type ReactNode } from "react";

import { isZero, toDecimal } from "#app/contracts/money.ts";
import { ActionBar } from "#app/ui/action-bar.tsx";
import { ButtonLink } from "#app/ui/button.tsx";
import { Day } from "#app/ui/date.tsx";
import { LiveValue } from "#app/ui/live-value.tsx";
import { Money } from "#app/ui/money.tsx";
import { Status } from "#app/ui/status.tsx";
import type { AccountMoney } from "#server/domains/invoices/index.ts";
import type { Missed } from "#server/domains/plans/index.ts";

import { Facts, type FactsProps } from "./facts.tsx";
import { MissedInstalment } from "./missed-instalment.tsx";
import { NextStep } from "./next-step.tsx";
import { type LessKind, lessThanOpen, type Standing } from "./to-pay.ts";

export type HeroProps = FactsProps & { standing: Standing; missed: Missed | null };

/** What to pay now: the amount, by when, why it is not more, the one button, and the four numbers beside it. */
export function Hero({ money, standing, byItself, mayPay, missed }: HeroProps) {
  const asks = !isZero(money.toPayNow);
  return (
    <section aria-labelledby="to-pay">
      <h2 id="to-pay" className="text-14 font-medium text-ink-2">
        To pay now
      </h2>
      <div className="mt-1 flex flex-wrap items-baseline justify-between gap-x-4 md:justify-start">
        <LiveValue on={toDecimal(money.toPayNow)}>
          <Money value={money.toPayNow} size="hero" />
        </LiveValue>
        <p className="text-ink-2">
          <When standing={standing} />
        </p>
      </div>
      <Marks money={money} />
      <p className="mt-2 max-w-[68ch] text-ink-2">{whyOf({ money, standing, missed })}</p>
      {missed ? <MissedInstalment missed={missed} mayPay={mayPay} /> : null}
      {asks && mayPay ? <PayBar money={money} /> : null}
      {asks && !mayPay ? (
        <p className="mt-4 text-ink-2">You can see this account. To pay, ask whoever manages it for the right to.</p>
      ) : null}
      <Facts {...{ money, byItself, mayPay }} />
      <NextStep {...{ money, standing, mayPay }} />
    </section>
  );
}

function PayBar({ money }: { money: AccountMoney }) {
  return (
    <ActionBar>
      <ButtonLink to="/pay" variant="primary" prefetch="intent">
        Pay <Money value={money.toPayNow} />
      </ButtonLink>
      <ButtonLink to="/pay?amount=other" variant="quiet">
        Other amount
      </ButtonLink>
    </ActionBar>
  );
}

function When({ standing }: { standing: Standing }) {
  switch (standing.kind) {
    case "due":
      return (
        <>
          {standing.late ? "partly late, the rest " : null}
          {standing.today ? "due today" : <>by {<Day date={standing.by} />}</>}
        </>
      );
    case "late":
      return "due already";
    case "new":
    case "clear":
    case "covered":
    case "held":
      return null;
  }
}

/** What is on its way, or with a bank: seldom, so without a place of its own. */
function Marks({ money }: { money: AccountMoney }) {
  const marks: ReactNode[] = [];
  if (!isZero(money.processing))
    marks.push(
      <Status tone="waiting">
        <Money value={money.processing} /> processing
      </Status>,
    );
  if (!isZero(money.underReview))
    marks.push(
      <Status tone="dispute">
        <Money value={money.underReview} /> under bank review
      </Status>,
    );
  if (marks.length === 0) return null;
  return (
    <div className="mt-3 flex flex-wrap gap-x-5 gap-y-1">
      {marks.map((mark, at) => (
        <Fragment key={at}>{mark}</Fragment>
      ))}
    </div>
  );
}

const LESS_WORDS: Record<LessKind, string> = {
  dispute: "in dispute",
  processing: "on its way",
  review: "under bank review",
  plan: "on a plan",
  scheduled: "scheduled",
  credit: "credit",
};

/** One sentence: how open becomes to pay now, or why nothing is asked for. */
function whyOf({ money, standing, missed }: Pick<HeroProps, "money" | "standing" | "missed">): ReactNode {
  if (standing.kind === "new")
    return "No bills yet. Your first one will stand here, with what it is for and a button to pay it.";
  if (standing.kind === "clear") return "Nothing is open. You are all paid up.";
  const less = lessThanOpen(money);
  if (less.length === 0) return null;
  return (
    <>
      Open <Money value={money.open} />, less{" "}
      {less.map((part, at) => (
        <Fragment key={part.kind}>
          {at === 0 ? null : at === less.length - 1 ? " and " : ", "}
          <Money value={part.amount} /> {LESS_WORDS[part.kind]}
        </Fragment>
      ))}
      .{standing.kind === "held" && !missed ? " There is nothing you need to do." : null}
      {standing.kind === "covered" ? " Your credit covers it." : null}
    </>
  );
}
