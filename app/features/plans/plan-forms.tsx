import { Form } from "@remix-run/react";

import { type Currency } from "#app/contracts/currency.ts";
import { money, toDecimal } from "#app/contracts/money.ts";
import { ActionBar } from "#app/ui/action-bar.tsx";
import { SaveMethodLink } from "#app/features/methods/save-method-link.tsx";
import { ButtonLink } from "#app/ui/button.tsx";
import { Disclosure } from "#app/ui/disclosure.tsx";
import { Field } from "#app/ui/field.tsx";
import { MoneyInput } from "#app/ui/money-input.tsx";
import { Money } from "#app/ui/money.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { RadioRows } from "#app/ui/radio-rows.tsx";
import { Select } from "#app/ui/select.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import type { SavedMethod } from "#server/domains/payments/index.ts";

type Errors = Readonly<Record<string, string>>;

export type AcceptFormProps = {
  methods: readonly SavedMethod[];
  mandate: string;
  counterPath: string;
  errors: Errors;
};

/** Accepts an offer with its mandate, declines it, or answers with other terms. */
export function AcceptForm({ methods, mandate, counterPath, errors }: AcceptFormProps) {
  return (
    <Form method="post" className="grid max-w-[34rem] gap-5" id="accept">
      {methods.length > 0 ? (
        <RadioRows
          name="method"
          legend="Paid from"
          defaultValue={(methods.find((one) => one.isDefault) ?? methods[0])?.id}
          error={errors["method"]}
          rows={methods.map((one) => ({ value: one.id, label: one.label }))}
        />
      ) : (
        <Notice tone="waiting">
          A plan is paid from a saved card or bank account. <SaveMethodLink>Save one first</SaveMethodLink>
        </Notice>
      )}
      <section aria-label="What you agree to">
        <h2 className="ui-label">What you agree to</h2>
        <p className="mt-1 text-14 text-ink-2">{mandate}</p>
      </section>
      {methods.length > 0 ? (
        <ActionBar>
          <SubmitButton name="intent" value="accept">
            Accept this plan
          </SubmitButton>
        </ActionBar>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <ButtonLink to={counterPath}>Propose other terms</ButtonLink>
        <SubmitButton variant="quiet" name="intent" value="decline">
          Decline
        </SubmitButton>
      </div>
    </Form>
  );
}

export type PayAheadFormProps = {
  methods: readonly SavedMethod[];
  methodId: string | null;
  leftMinor: bigint;
  nextMinor: bigint;
  currency: Currency;
  formKey: string;
  feeMinor: bigint;
  typed: string | null;
  errors: Errors;
};

/** Pays by hand before the day comes: a part, or all that is left. */
export function PayAheadForm(props: PayAheadFormProps) {
  const { methods, methodId, leftMinor, nextMinor, currency, formKey, feeMinor, typed, errors } = props;
  const left = money(leftMinor, currency);
  return (
    <Form method="post" className="grid max-w-[34rem] gap-4" noValidate>
      <input type="hidden" name="key" value={formKey} />
      <input type="hidden" name="fee" value={String(feeMinor)} />
      <Field name="amount" label="Amount" error={errors["amount"]} hint="It comes off the next instalments.">
        <MoneyInput currency={currency} defaultValue={typed ?? toDecimal(money(nextMinor, currency))} />
      </Field>
      <Field name="method" label="From" error={errors["method"]}>
        <Select defaultValue={methodId ?? methods[0]?.id}>
          {methods.map((one) => (
            <option key={one.id} value={one.id}>
              {one.label}
            </option>
          ))}
        </Select>
      </Field>
      <ActionBar>
        <SubmitButton name="intent" value="ahead">
          Pay ahead
        </SubmitButton>
        <SubmitButton variant="secondary" name="intent" value="finish">
          Pay all <Money value={left} /> and finish
        </SubmitButton>
      </ActionBar>
    </Form>
  );
}

/** From now on another saved method pays. */
export function MethodForm({ methods, methodId }: { methods: readonly SavedMethod[]; methodId: string | null }) {
  if (!methods.some((one) => one.id !== methodId)) return null;
  return (
    <Disclosure label="Pay it from another card or bank account">
      <Form method="post" className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 grow">
          <Field name="other" label="From now on">
            <Select defaultValue={methods.find((one) => one.id !== methodId)?.id}>
              {methods
                .filter((one) => one.id !== methodId)
                .map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.label}
                  </option>
                ))}
            </Select>
          </Field>
        </div>
        <SubmitButton variant="secondary" name="intent" value="method">
          Change
        </SubmitButton>
      </Form>
    </Disclosure>
  );
}
