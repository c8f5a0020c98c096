import { Fragment, type ReactNode } from "react";

import { HELD_WORDS } from "#app/contracts/messages/bills.ts";
import { type Money as MoneyValue, money, toDecimal } from "#app/contracts/money.ts";
import { Day } from "#app/ui/date.tsx";
import { LiveValue } from "#app/ui/live-value.tsx";
import { Money } from "#app/ui/money.tsx";
import type { Bill } from "#server/domains/invoices/index.ts";

type HeldKind = keyof typeof HELD_WORDS;

/** A bill's amount: what may be paid of it now, else what it came to. And why, in one sentence. */
export function BillHead({ bill }: { bill: Bill }) {
  const of = (minor: bigint): MoneyValue => money(minor, bill.currency);
  const { label, shown, by } = headOf(bill);
  return (
    <section aria-label="Amount">
      <p className="text-14 font-medium text-ink-2">{label}</p>
      <div className="mt-1 flex flex-wrap items-baseline justify-between gap-x-4 md:justify-start">
        <LiveValue on={toDecimal(of(shown))}>
          <Money value={of(shown)} size="hero" />
        </LiveValue>
        <p className="text-ink-2">{by}</p>
      </div>
      <Why bill={bill} of={of} />
    </section>
  );
}

function headOf(bill: Bill): { label: string; shown: bigint; by: ReactNode } {
  if (bill.payableMinor > 0n) return { label: "To pay", shown: bill.payableMinor, by: <ByWhen bill={bill} /> };
  if (bill.openMinor > 0n) return { label: "Left of this bill", shown: bill.openMinor, by: null };
  const on = bill.settledOn === null ? null : <Day date={bill.settledOn} style="short" />;
  return {
    label: "This bill came to",
    shown: bill.totalMinor,
    by: on ? (
      <>
        {bill.standing === "voided" ? "canceled" : "settled"} {on}
      </>
    ) : null,
  };
}

function ByWhen({ bill }: { bill: Bill }) {
  if (bill.daysLate > 0)
    return (
      <>
        was due <Day date={bill.dueOn} />
      </>
    );
  if (bill.daysLate === 0) return "due today";
  return (
    <>
      by <Day date={bill.dueOn} />
    </>
  );
}

function Why({ bill, of }: { bill: Bill; of: (minor: bigint) => MoneyValue }) {
  const held = (Object.entries(bill.heldMinor) as [HeldKind, bigint][]).filter(([, minor]) => minor > 0n);
  const [first] = held;
  if (first === undefined) return null;
  return (
    <p className="mt-2 max-w-[68ch] text-ink-2">
      {bill.payableMinor > 0n ? (
        <>
          Open <Money value={of(bill.openMinor)} />, less <Parts held={held} of={of} />.{" "}
        </>
      ) : (
        <>All of it is {held.length === 1 ? HELD_WORDS[first[0]].word : <Parts held={held} of={of} />}. </>
      )}
      {held.length === 1 ? HELD_WORDS[first[0]].meaning : "There is nothing more to do for these parts."}
    </p>
  );
}

function Parts({ held, of }: { held: [HeldKind, bigint][]; of: (minor: bigint) => MoneyValue }) {
  return held.map(([kind, minor], at) => (
    <Fragment key={kind}>
      {at === 0 ? null : at === held.length - 1 ? " and " : ", "}
      <Money value={of(minor)} /> {HELD_WORDS[kind].word}
    </Fragment>
  ));
}
