import { Form } from "@remix-run/react";
import { useState } from "react";

import { type Currency } from "#app/contracts/currency.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { BY_HAND_KINDS } from "#app/contracts/messages/by-hand.ts";
import { isZero } from "#app/contracts/money.ts";
import { AmountChoice, Spread } from "#app/features/payments/amount-choice.tsx";
import { useChoice } from "#app/features/payments/use-choice.ts";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { useLocale } from "#app/ui/locale.tsx";
import { Money } from "#app/ui/money.tsx";
import { Segmented } from "#app/ui/segmented.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import type { PayableBill } from "#server/domains/payments/index.ts";

export type RecordFormProps = {
  bills: readonly PayableBill[];
  currency: Currency;
  today: LocalDate;
  formKey: string;
  sent: Readonly<Record<string, string>> | null;
  errors: Readonly<Record<string, string>>;
};

/** Money that came by hand: how, when, how much, and where it goes, oldest due first until the rep says otherwise. */
export function RecordForm({ bills, currency, today, formKey, sent, errors }: RecordFormProps) {
  const { locale } = useLocale();
  const [key] = useState(formKey);
  const choosing = useChoice(
    { startsWith: { mode: "amount", text: "" }, sent: sent ?? undefined, splits: sent?.["intent"] === "split" },
    { bills, currency, locale },
  );
  const { text, read } = choosing;
  return (
    <Form method="post" className="grid max-w-[34rem] gap-5" noValidate>
      <input type="hidden" name="key" value={key} />
      <input type="hidden" name="mode" value="amount" />
      <ErrorSummary errors={errors} />
      <Segmented
        name="kind"
        legend="How it came"
        wide
        defaultValue={sent?.["kind"] ?? "check"}
        options={Object.entries(BY_HAND_KINDS).map(([value, label]) => ({ value, label }))}
      />
      <AmountChoice {...{ currency, text, read }} error={errors["amount"]} onChange={choosing.setText}>
        <Spread bills={bills} {...{ currency, choosing }} />
      </AmountChoice>
      <Field name="receivedOn" label="Received on" error={errors["receivedOn"]}>
        <TextInput type="date" max={today} defaultValue={sent?.["receivedOn"] ?? today} />
      </Field>
      <Field
        name="reference"
        label="Number or reference"
        optional
        error={errors["reference"]}
        hint="Of the check or the transfer. The customer sees it on the receipt."
      >
        <TextInput defaultValue={sent?.["reference"] ?? ""} maxLength={60} />
      </Field>
      <div>
        <SubmitButton>
          {read.ok && !isZero(read.amount) ? <>Record {<Money value={read.amount} />}</> : "Record the payment"}
        </SubmitButton>
      </div>
    </Form>
  );
}
