import { type Currency } from "#app/contracts/currency.ts";
import { money } from "#app/contracts/money.ts";
import { Day } from "#app/ui/date.tsx";
import { Money } from "#app/ui/money.tsx";
import { Status } from "#app/ui/status.tsx";
import type { PayableBill } from "#server/domains/payments/index.ts";

import { partOf } from "./choice.ts";

export type BillChoiceProps = {
  bills: readonly PayableBill[];
  currency: Currency;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
};

/** Which bills to pay, oldest due first. What is in dispute is left out until it is ticked. */
export function BillChoice({ bills, currency, chosen, onChange }: BillChoiceProps) {
  const toggle = (id: string, on: boolean) => onChange(on ? [...chosen, id] : chosen.filter((other) => other !== id));
  return (
    <fieldset className="ui-field" id="f-bill" tabIndex={-1}>
      <legend className="ui-label mb-1.5">Bills</legend>
      <div className="ui-radio-rows">
        {bills.map((bill) => (
          <label className="ui-radio-row" key={bill.invoiceId}>
            <input
              type="checkbox"
              className="ui-box"
              name="bill"
              value={bill.invoiceId}
              disabled={partOf(bill) <= 0n}
              checked={chosen.includes(bill.invoiceId)}
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
        ))}
      </div>
    </fieldset>
  );
}

function Due({ bill, currency }: { bill: PayableBill; currency: Currency }) {
  if (partOf(bill) <= 0n) return <Status tone="waiting">A payment is on its way</Status>;
  return (
    <>
      {bill.daysLate > 0 ? (
        <Status tone="overdue">
          Was due <Day date={bill.dueOn} />
        </Status>
      ) : (
        <>
          Due <Day date={bill.dueOn} />
        </>
      )}
      {bill.creditMinor > 0n ? (
        <>
          {" "}
          · <Money value={money(bill.creditMinor, currency)} /> credit used first
        </>
      ) : null}
      {bill.inDisputeMinor > 0n ? (
        <>
          {" "}
          ·{" "}
          <Status tone="dispute">
            <Money value={money(bill.inDisputeMinor, currency)} /> in dispute
          </Status>
        </>
      ) : null}
    </>
  );
}
