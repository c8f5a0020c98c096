import { amountRefusalText } from "#app/contracts/messages/amounts.ts";
import { type Currency } from "#app/contracts/currency.ts";
import { isZero, money, toDecimal } from "#app/contracts/money.ts";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { useLocale } from "#app/ui/locale.tsx";
import { MoneyInput } from "#app/ui/money-input.tsx";
import { Money } from "#app/ui/money.tsx";
import { type Pair, Pairs } from "#app/ui/pairs.tsx";
import type { PayableBill } from "#server/domains/payments/index.ts";

import { type ReadChoice } from "./choice.ts";

export type AmountChoiceProps = {
  bills: readonly PayableBill[];
  currency: Currency;
  text: string;
  read: ReadChoice;
  error: string | undefined;
  hint?: string | null;
  onChange: (text: string) => void;
};

/** Any amount, with where it goes: oldest due first, the rest as credit. An ambiguous one is asked about. */
export function AmountChoice(props: AmountChoiceProps) {
  const { bills, currency, text, read, error, onChange, hint = "It pays the oldest bill first." } = props;
  const { locale } = useLocale();
  const refusal = !read.ok && text !== "" ? read.refusal : null;
  const said = refusal === null || refusal.reason === "empty" ? error : amountRefusalText(refusal, locale);
  return (
    <div className="grid gap-4">
      <Field name="amount" label="Amount" error={said} hint={hint}>
        <MoneyInput currency={currency} large value={text} onChange={(event) => onChange(event.currentTarget.value)} />
      </Field>
      {refusal?.reason === "ambiguous" ? (
        <div className="flex flex-wrap gap-2">
          {refusal.readings.map((reading) => (
            <Button key={toDecimal(reading)} onClick={() => onChange(toDecimal(reading))}>
              <Money value={reading} />
            </Button>
          ))}
        </div>
      ) : null}
      {read.ok && (read.parts.length > 0 || !isZero(read.credit)) ? (
        <Pairs pairs={allocation(read, { bills, currency })} />
      ) : null}
    </div>
  );
}

function allocation(
  read: Extract<ReadChoice, { ok: true }>,
  { bills, currency }: { bills: readonly PayableBill[]; currency: Currency },
): Pair[] {
  const rows: Pair[] = read.parts.map((part) => ({
    label: bills.find((bill) => bill.invoiceId === part.invoiceId)?.number ?? "",
    value: <Money value={money(part.amountMinor, currency)} />,
  }));
  if (!isZero(read.credit)) rows.push({ label: "Kept as credit", value: <Money value={read.credit} /> });
  return rows;
}
