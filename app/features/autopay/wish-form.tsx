import { Form } from "@remix-run/react";

import { type Currency } from "#app/contracts/currency.ts";
import { AMOUNT_KINDS, AMOUNT_WORDS, daysText } from "#app/contracts/messages/autopay.ts";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { MoneyInput } from "#app/ui/money-input.tsx";
import { RadioRows } from "#app/ui/radio-rows.tsx";
import { Select } from "#app/ui/select.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import type { SavedMethod } from "#server/domains/payments/index.ts";

const DAYS = [0, 1, 2, 3, 5, 7, 10, 14];

export type WishValues = { amount: string; fixed: string; days: string; method: string };

type Props = {
  values: WishValues;
  errors: Readonly<Record<string, string>>;
  methods: readonly SavedMethod[];
  currency: Currency;
};

/** What autopay should take, when and from where. Sending it changes nothing yet: the terms come next. */
export function WishForm({ values, errors, methods, currency }: Props) {
  return (
    <Form method="get" className="grid max-w-[34rem] gap-6" noValidate>
      <ErrorSummary errors={errors} />
      <input type="hidden" name="step" value="terms" />
      <RadioRows
        name="amount"
        legend="What is paid"
        defaultValue={values.amount}
        error={errors["amount"]}
        rows={AMOUNT_KINDS.map((kind) => ({
          ...{ value: kind, ...AMOUNT_WORDS[kind] },
          open:
            kind === "fixed" ? (
              <Field name="fixed" label="At most, each month" error={errors["fixed"]}>
                <MoneyInput currency={currency} defaultValue={values.fixed} />
              </Field>
            ) : null,
        }))}
      />
      <Field name="days" label="When" error={errors["days"]}>
        <Select defaultValue={values.days}>
          {DAYS.map((days) => (
            <option key={days} value={days}>
              {days === 0 ? "On the due date" : `${daysText(days)} before the due date`}
            </option>
          ))}
        </Select>
      </Field>
      <RadioRows
        name="method"
        legend="Pay with"
        defaultValue={values.method}
        error={errors["method"]}
        rows={methods.map((method) => ({
          ...{ value: method.id, label: method.label, disabled: method.expired },
          note: method.expired ? "Expired" : null,
        }))}
      />
      <div>
        <SubmitButton>See the terms</SubmitButton>
      </div>
    </Form>
  );
}
