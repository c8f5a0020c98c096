import { Fragment } from "react";

import { type Currency } from "#app/contracts/currency.ts";
import { money } from "#app/contracts/money.ts";
import { Day } from "#app/ui/date.tsx";
import { Money } from "#app/ui/money.tsx";
import { Status } from "#app/ui/status.tsx";
import type { PayableBill } from "#server/domains/payments/index.ts";

import { partField, partOf } from "#app/contracts/pay-choice.ts";
import { PartField } from "./part-field.tsx";
import { SplitSwitch } from "./split-switch.tsx";
import { type Choosing } from "./use-choice.ts";

export type BillChoiceProps = { bills: readonly PayableBill[]; currency: Currency; choosing: Choosing };

/** Which bills to pay, oldest due first, and how much of each. What is in dispute is left out until it is ticked. */
export function BillChoice({ bills, currency, choosing }: BillChoiceProps) {
  const { invoiceIds, splitting } = choosing;
  const toggle = (id: string, on: boolean) =>
    choosing.choose(on ? [...invoiceIds, id] : invoiceIds.filter((other) => other !== id));
  return (
    <fieldset className="ui-field" id="f-bill" tabIndex={-1}>
      <legend className="sr-only">Bills</legend>
      <Every {...{ bills, choosing }} />
      <div className="ui-radio-rows">
        {bills.map((bill) => (
          <div className="contents" key={bill.invoiceId}>
            <label className="ui-radio-row">
              <input
                type="checkbox"
                className="ui-box"
                name="bill"
                value={bill.invoiceId}
                disabled={partOf(bill) <= 0n}
                checked={invoiceIds.includes(bill.invoiceId)}
                onChange={(event) => toggle(bill.invoiceId, event.currentTarget.checked)}
              />
              <span className="ui-radio-text">
                {bill.number}
                <span className="ui-radio-note block">
                  <Due bill={bill} currency={currency} />
                </span>
              </span>
              <Money value={money(partOf(bill), currency)} />
            </label>
            {splitting && partOf(bill) > 0n ? <Part {...{ bill, currency, choosing }} /> : null}
          </div>
        ))}
      </div>
      <SplitSwitch choosing={choosing}>Pay part of a bill</SplitSwitch>
    </fieldset>
  );
}

/** All or none in one press, where ticking one by one would be a chore. */
function Every({ bills, choosing }: Pick<BillChoiceProps, "bills" | "choosing">) {
  const asked = bills.filter((bill) => bill.payableMinor > 0n).map((bill) => bill.invoiceId);
  if (asked.length < 2) return null;
  const chosen = asked.filter((id) => choosing.invoiceIds.includes(id)).length;
  return (
    <label className="ui-check">
      <input
        type="checkbox"
        className="ui-box"
        ref={(box) => {
          if (box) box.indeterminate = chosen > 0 && chosen < asked.length;
        }}
        checked={chosen === asked.length}
        onChange={(event) => choosing.choose(event.currentTarget.checked ? asked : [])}
      />
      <span>All {asked.length} bills</span>
    </label>
  );
}

function Part({ bill, currency, choosing }: Omit<BillChoiceProps, "bills"> & { bill: PayableBill }) {
  const { invoiceId } = bill;
  const { read, parts } = choosing;
  return (
    <div className="ui-radio-open">
      <PartField
        {...{ bill, currency, text: parts[invoiceId], givenMinor: partOf(bill) }}
        problem={read.ok ? undefined : read.problems[partField(invoiceId)]}
        onChange={(text) => choosing.setPart(invoiceId, text)}
      />
    </div>
  );
}

/** Why a bill asks for less than is open: ticked, it is paid all the same. */
const HELD = [
  { of: "inDisputeMinor", tone: "dispute", word: "in dispute" },
  { of: "plannedMinor", tone: "waiting", word: "on a plan" },
  { of: "scheduledMinor", tone: "waiting", word: "scheduled" },
] as const;

function Due({ bill, currency }: { bill: PayableBill; currency: Currency }) {
  if (partOf(bill) <= 0n) return <Status tone="waiting">A payment is on its way</Status>;
  return (
    <>
      {bill.daysLate > 0 && bill.payableMinor > 0n ? (
        <Status tone="overdue">
          Was due <Day date={bill.dueOn} />
        </Status>
      ) : (
        <>
          {bill.daysLate > 0 ? "Was due" : "Due"} <Day date={bill.dueOn} />
        </>
      )}
      {bill.creditMinor > 0n ? (
        <>
          {" "}
          · <Money value={money(bill.creditMinor, currency)} /> credit used first
        </>
      ) : null}
      {HELD.map(({ of, tone, word }) =>
        bill[of] > 0n ? (
          <Fragment key={of}>
            {" "}
            ·{" "}
            <Status tone={tone}>
              <Money value={money(bill[of], currency)} /> {word}
            </Status>
          </Fragment>
        ) : null,
      )}
    </>
  );
}
