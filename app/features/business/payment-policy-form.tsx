import { Form } from "@remix-run/react";
import { useState } from "react";

import { type Currency } from "#app/contracts/currency.ts";
import { CHARGEBACK_LOST_NAMES, FEE_METHOD_NAMES } from "#app/contracts/messages/policies.ts";
import { money, toDecimal } from "#app/contracts/money.ts";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { MoneyInput } from "#app/ui/money-input.tsx";
import { Select } from "#app/ui/select.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import type { Policy } from "#server/domains/business/index.ts";

import { type PolicyAnswer, SaveLine } from "./policy-frame.tsx";

export type PaymentPolicyFormProps = PolicyAnswer & {
  policy: Policy<"payment">;
  version: number;
  currency: Currency;
};

/** The least a customer may pay at once, and who bears a chargeback that was lost. */
export function PaymentPolicyForm({ policy, version, currency, typed, errors, saved }: PaymentPolicyFormProps) {
  const [seenVersion] = useState(version);
  const least = typed?.["minimum"] ?? toDecimal(money(policy.minimumMinor, currency));
  return (
    <Form method="post" className="grid gap-4">
      <ErrorSummary errors={errors} />
      <input type="hidden" name="policy" value="payment" />
      <input type="hidden" name="version" value={seenVersion} />
      <div className="grid items-start max-w-xl gap-3 sm:grid-cols-2">
        <Field name="minimum" label="Least amount of a payment" error={errors["minimum"]}>
          <MoneyInput currency={currency} defaultValue={least} />
        </Field>
        <Field name="chargebackLost" label="After a lost chargeback" error={errors["chargebackLost"]}>
          <Select defaultValue={typed?.["chargebackLost"] ?? policy.chargebackLost}>
            {Object.entries(CHARGEBACK_LOST_NAMES).map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <FeeFields {...{ policy, currency, typed, errors }} />
      <SaveLine id="payment" saved={saved} error={errors["reason"]} value={typed?.["reason"]}>
        Save payment policy
      </SaveLine>
    </Form>
  );
}

/** The convenience fee: none, a percentage, a fixed part, or both, for each kind of method. */
function FeeFields({ policy, currency, typed, errors }: Omit<PaymentPolicyFormProps, "version" | "saved">) {
  return (
    <fieldset className="grid max-w-xl gap-3">
      <legend className="ui-label mb-1.5">Convenience fee</legend>
      <p className="ui-hint">
        Asked on top of what somebody pays by hand and shown before they confirm; never on autopay, plans or dates. Ask
        your card networks what they allow.
      </p>
      {(["card", "bank_debit"] as const).map((kind) => {
        const { basisPoints, fixedMinor } = policy.convenienceFee[kind];
        return (
          <div key={kind} className="grid items-start gap-3 sm:grid-cols-2">
            <Field
              name={`${kind}.percent`}
              label={`Percent, ${FEE_METHOD_NAMES[kind]}`}
              error={errors[`${kind}.percent`]}
              optional
            >
              <TextInput inputMode="decimal" defaultValue={typed?.[`${kind}.percent`] ?? percentText(basisPoints)} />
            </Field>
            <Field
              name={`${kind}.fixed`}
              label={`Fixed, ${FEE_METHOD_NAMES[kind]}`}
              error={errors[`${kind}.fixed`]}
              optional
            >
              <MoneyInput
                currency={currency}
                defaultValue={typed?.[`${kind}.fixed`] ?? toDecimal(money(fixedMinor, currency))}
              />
            </Field>
          </div>
        );
      })}
    </fieldset>
  );
}

const percentText = (basisPoints: number): string => (basisPoints === 0 ? "" : String(basisPoints / 100));
