import { type Currency } from "#app/contracts/currency.ts";
import { money } from "#app/contracts/money.ts";
import { typedAmount } from "#app/contracts/parse-amount.ts";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { useLocale } from "#app/ui/locale.tsx";
import { MoneyInput } from "#app/ui/money-input.tsx";
import { Money } from "#app/ui/money.tsx";

import { type ChoiceProblem, partField } from "#app/contracts/pay-choice.ts";
import { choiceProblemText } from "#app/contracts/messages/amounts.ts";

export type PartFieldProps = {
  bill: { invoiceId: string; number: string };
  currency: Currency;
  /** What was typed; until then what the rule gives. */
  text: string | undefined;
  givenMinor: bigint;
  problem: ChoiceProblem | undefined;
  onChange: (text: string) => void;
};

/** How much of the payment one bill takes. */
export function PartField({ bill, currency, text, givenMinor, problem, onChange }: PartFieldProps) {
  const { locale } = useLocale();
  const given = typedAmount(money(givenMinor, currency), locale);
  return (
    <div className="grid gap-2">
      <Field
        name={partField(bill.invoiceId)}
        label={`Amount for ${bill.number}`}
        error={problem ? choiceProblemText(problem, locale) : null}
      >
        <MoneyInput
          currency={currency}
          value={text ?? given}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </Field>
      <Readings problem={problem} onChoose={onChange} />
    </div>
  );
}

/** An ambiguous amount is asked about: each reading is a button that writes it out. */
export function Readings({
  problem,
  onChoose,
}: {
  problem: ChoiceProblem | null | undefined;
  onChoose: (text: string) => void;
}) {
  const { locale } = useLocale();
  if (problem?.reason !== "ambiguous") return null;
  return (
    <div className="flex flex-wrap gap-2">
      {problem.readings.map((reading) => {
        const text = typedAmount(reading, locale);
        return (
          <Button key={text} onClick={() => onChoose(text)}>
            <Money value={reading} />
          </Button>
        );
      })}
    </div>
  );
}
