import { Suspense } from "react";

import { type ChargeMethod } from "#app/contracts/chargeable.ts";
import { isZero, type Money } from "#app/contracts/money.ts";
import { NEW_METHOD } from "#app/contracts/pay-choice.ts";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { useFetchedAhead } from "#app/ui/load-part.tsx";
import { Money as Amount } from "#app/ui/money.tsx";
import { RadioRows } from "#app/ui/radio-rows.tsx";
import { SkeletonLines } from "#app/ui/skeleton.tsx";
import type { SavedMethod } from "#server/domains/payments/index.ts";

import { cardForm } from "./card-form-later.ts";
import { type CardTools } from "./card-form.tsx";
import { type StripeScript } from "./load-stripe.ts";

export type MethodChoiceProps = {
  methods: readonly SavedMethod[];
  chosen: string;
  onChange: (method: string) => void;
  script: StripeScript;
  amount: Money;
  onTools: (tools: CardTools | null) => void;
  /** Script runs: the card form can be shown. */
  live: boolean;
  /** What the processor's form is about to take: a card or a bank account. */
  onKind?: (kind: ChargeMethod) => void;
  /** The convenience fee of a method, to be said beside it; none is zero. */
  feeOf?: (kind: ChargeMethod) => Money;
  /** Whether a new one may be kept for next time. */
  mayKeep?: boolean;
};

/** A saved card or bank account, or a new one in the processor's own form. */
export function MethodChoice(props: MethodChoiceProps) {
  const { methods, chosen, onChange, script, amount, onTools, live, onKind, feeOf, mayKeep = true } = props;
  useFetchedAhead(cardForm);
  const form = live ? (
    <Suspense fallback={<SkeletonLines lines={4} />}>
      <cardForm.Part {...{ script, amount, onTools, onKind }} />
      {mayKeep ? (
        <div className="mt-3">
          <Checkbox name="save" value="yes" hint="For next time. You can remove it in Settings.">
            Save it to this account
          </Checkbox>
        </div>
      ) : null}
    </Suspense>
  ) : (
    <>
      <noscript>Entering a new card needs JavaScript. {mayKeep ? " A saved one can be used without." : null}</noscript>
      <SkeletonLines lines={4} />
    </>
  );
  if (methods.length === 0) {
    return (
      <fieldset className="ui-field">
        <legend className="ui-label mb-1.5">Pay with</legend>
        <input type="hidden" name="method" value={NEW_METHOD} />
        {form}
      </fieldset>
    );
  }
  return (
    <RadioRows
      name="method"
      legend="Pay with"
      value={chosen}
      onChange={onChange}
      rows={[
        ...methods.map((method) => ({
          ...{ value: method.id, label: method.label, disabled: method.expired },
          note: (
            <>
              {noteOf(method)}
              <Fee fee={feeOf?.(method.kind)} />
            </>
          ),
          end: method.isDefault ? <span className="text-14 text-ink-3">Default</span> : null,
        })),
        {
          ...{ value: NEW_METHOD, label: "New card or bank account" },
          open: chosen === NEW_METHOD ? form : null,
        },
      ]}
    />
  );
}

function noteOf({ kind, expired, expMonth, expYear }: SavedMethod): string {
  if (expired) return "Expired";
  if (kind === "bank_debit") return "Takes up to 4 business days";
  return `Expires ${String(expMonth).padStart(2, "0")}/${String(expYear).slice(2)}`;
}

const Fee = ({ fee }: { fee: Money | undefined }) =>
  fee === undefined || isZero(fee) ? null : (
    <>
      {" "}
      · <Amount value={fee} /> fee
    </>
  );
