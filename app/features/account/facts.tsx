import { type ReactNode } from "react";

import { isZero, money as moneyOf, type Money as MoneyValue, toDecimal } from "#app/contracts/money.ts";
import { Day } from "#app/ui/date.tsx";
import { Link } from "#app/ui/link.tsx";
import { LiveValue } from "#app/ui/live-value.tsx";
import { Money } from "#app/ui/money.tsx";
import { type Tone, ToneMark } from "#app/ui/status.tsx";
import type { Draft } from "#server/domains/autopay/index.ts";
import type { AccountMoney } from "#server/domains/invoices/index.ts";

/** What is taken by itself: the next time, or why there is none. */
export type ByItself = { draft: Draft | null; on: boolean; paused: boolean };

export type FactsProps = { money: AccountMoney; byItself: ByItself; mayPay: boolean };

/** The four numbers beside what is to pay now, always in the same places: what is late, questioned, kept, and taken next. */
export function Facts({ money, byItself, mayPay }: FactsProps) {
  const { draft } = byItself;
  return (
    <dl className="account-facts">
      <Fact label="Past due" tone="overdue" value={money.pastDue} to="/bills?show=overdue" />
      <Fact label="In dispute" tone="dispute" value={money.inDispute} to="/disputes" />
      <Fact label="Credit" tone="settled" value={money.unapplied} />
      <Fact
        label="Next draft"
        tone="waiting"
        value={draft === null ? null : moneyOf(draft.takesMinor, draft.currency)}
        to={draft === null ? null : "/autopay"}
        note={<DraftNote {...{ byItself, mayPay }} />}
      />
    </dl>
  );
}

type FactProps = {
  label: string;
  tone: Tone;
  /** Null: there is none to have an amount. */
  value: MoneyValue | null;
  /** Where it is told in full; led to only when there is something to tell. */
  to?: string | null;
  note?: ReactNode;
};

function Fact({ label, tone, value, to = null, note }: FactProps) {
  const some = value !== null && !isZero(value);
  const shown = value === null ? "None" : <Money value={value} />;
  return (
    <div className="account-fact" data-none={some ? undefined : ""}>
      <dt>
        {some ? <ToneMark tone={tone} /> : null}
        {label}
      </dt>
      <dd>
        <LiveValue on={value === null ? "" : toDecimal(value)}>
          {some && to !== null ? (
            <Link to={to} className="account-fact-link">
              {shown}
            </Link>
          ) : (
            shown
          )}
        </LiveValue>
        {note ? <span className="account-fact-note">{note}</span> : null}
      </dd>
    </div>
  );
}

function DraftNote({ byItself: { draft, on, paused }, mayPay }: Omit<FactsProps, "money">) {
  if (draft !== null)
    return (
      <>
        <Day date={draft.tryOn ?? draft.draftOn} />
        {draft.methodLabel ? `, ${draft.methodLabel}` : ", but nothing to take it from"}
      </>
    );
  if (paused) return "Autopay is paused";
  if (on) return "Autopay is on";
  return mayPay ? <Link to="/autopay">Turn on autopay</Link> : "Autopay is off";
}
