import { type ReactNode } from "react";

import { type Currency } from "#app/contracts/currency.ts";
import { isZero, money } from "#app/contracts/money.ts";
import { Field } from "#app/ui/field.tsx";
import { useLocale } from "#app/ui/locale.tsx";
import { MoneyInput } from "#app/ui/money-input.tsx";
import { Money } from "#app/ui/money.tsx";
import { useLive } from "#app/ui/use-live.ts";
import { type Pair, Pairs } from "#app/ui/pairs.tsx";
import type { PayableBill } from "#server/domains/payments/index.ts";

import { partField, type ReadChoice } from "#app/contracts/pay-choice.ts";
import { Readings, PartField } from "./part-field.tsx";
import { choiceProblemText } from "#app/contracts/messages/amounts.ts";
import { SplitSwitch } from "./split-switch.tsx";
import { type Choosing } from "./use-choice.ts";

export type AmountChoiceProps = {
  currency: Currency;
  text: string;
  read: ReadChoice;
  error: string | undefined;
  hint?: string | null;
  onChange: (text: string) => void;
  children?: ReactNode;
};

/** Any amount. An ambiguous one is asked about. */
export function AmountChoice(props: AmountChoiceProps) {
  const { currency, text, read, error, onChange, hint = "It pays the oldest bill first.", children } = props;
  const { locale } = useLocale();
  const problem = !read.ok && text !== "" ? read.problems["amount"] : undefined;
  const said = problem === undefined || problem.reason === "empty" ? error : choiceProblemText(problem, locale);
  return (
    <div className="grid gap-4">
      <div className="grid gap-2">
        <Field name="amount" label="Amount" error={said} hint={hint}>
          <MoneyInput
            currency={currency}
            large
            value={text}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        </Field>
        <Readings problem={problem} onChoose={onChange} />
      </div>
      {children}
    </div>
  );
}

export type SpreadProps = { bills: readonly PayableBill[]; currency: Currency; choosing: Choosing };

/** Where an amount goes: oldest due first, until the payer says otherwise; the rest as credit. */
export function Spread({ bills, currency, choosing }: SpreadProps) {
  const { read, splitting, text } = choosing;
  const live = useLive();
  const offered = bills.filter((bill) => bill.mostMinor > 0n);
  if (offered.length === 0) return read.ok ? <Kept read={read} /> : null;
  if (text === "") return live ? null : <SplitSwitch choosing={choosing}>Show where it goes</SplitSwitch>;
  if (!splitting) {
    if (!read.ok || isZero(read.amount)) return null;
    return (
      <div className="grid gap-1">
        <Pairs pairs={allocation(read, { bills, currency })} />
        <SplitSwitch choosing={choosing}>Change where it goes</SplitSwitch>
      </div>
    );
  }
  return (
    <fieldset className="grid gap-4">
      <legend className="ui-label mb-1.5">Where it goes</legend>
      {offered.map((bill) => {
        const { invoiceId } = bill;
        const given = read.ok ? read.parts.find((part) => part.invoiceId === invoiceId) : undefined;
        return (
          <PartField
            key={invoiceId}
            {...{ bill, currency, text: choosing.parts[invoiceId], givenMinor: given?.amountMinor ?? 0n }}
            problem={read.ok ? undefined : read.problems[partField(invoiceId)]}
            onChange={(typed) => choosing.setPart(invoiceId, typed)}
          />
        );
      })}
      {read.ok ? <Kept read={read} /> : null}
      <SplitSwitch choosing={choosing}>Change where it goes</SplitSwitch>
    </fieldset>
  );
}

type Read = Extract<ReadChoice, { ok: true }>;

const Kept = ({ read }: { read: Read }) =>
  isZero(read.credit) ? null : <Pairs pairs={[{ label: "Kept as credit", value: <Money value={read.credit} /> }]} />;

function allocation(read: Read, { bills, currency }: { bills: readonly PayableBill[]; currency: Currency }): Pair[] {
  const rows: Pair[] = read.parts.map((part) => ({
    label: bills.find((bill) => bill.invoiceId === part.invoiceId)?.number ?? "",
    value: <Money value={money(part.amountMinor, currency)} />,
  }));
  if (!isZero(read.credit)) rows.push({ label: "Kept as credit", value: <Money value={read.credit} /> });
  return rows;
}
