import { Form } from "@remix-run/react";
import { Suspense } from "react";

import { type Money } from "#app/contracts/money.ts";
import { type PayReply } from "#app/contracts/pay-reply.ts";
import { cardForm } from "#app/features/payments/card-form-later.ts";
import { type StripeScript } from "#app/features/payments/load-stripe.ts";
import { Problems } from "#app/features/payments/pay-form.tsx";
import { usePay } from "#app/features/payments/use-pay.ts";
import { ActionBar } from "#app/ui/action-bar.tsx";
import { ButtonLink } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { SkeletonLines } from "#app/ui/skeleton.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { useLive } from "#app/ui/use-live.ts";

export type NewMethodFormProps = {
  script: StripeScript;
  /** Nothing, in the account's currency: it decides what can be saved. */
  amount: Money;
  formKey: string;
  /** Where to go when it is saved. */
  to: string;
  reply: PayReply | undefined;
};

/** Saves a card or bank account alone: the processor's own form, and whether it is offered first. */
export function NewMethodForm({ script, amount, formKey, to, reply }: NewMethodFormProps) {
  const live = useLive();
  const pay = usePay({ isNew: true, next: reply?.next ?? null });
  return (
    <Form method="post" className="grid max-w-[34rem] gap-6" onSubmit={pay.onSubmit} noValidate>
      <input type="hidden" name="key" value={formKey} />
      <input type="hidden" name="to" value={to} />
      <Problems reply={reply} pay={pay} />
      {live ? (
        <Suspense fallback={<SkeletonLines lines={4} />}>
          <cardForm.Part script={script} amount={amount} onTools={pay.setTools} setup />
        </Suspense>
      ) : (
        <>
          <noscript>Entering a card or bank account needs JavaScript.</noscript>
          <SkeletonLines lines={4} />
        </>
      )}
      <Checkbox name="makeDefault" value="yes" hint="You can choose another one each time.">
        Offer it first
      </Checkbox>
      <ActionBar>
        <SubmitButton wide {...(pay.busy ? { pending: true } : {})}>
          Save
        </SubmitButton>
        <ButtonLink to="/settings/methods" variant="quiet" wide>
          Back
        </ButtonLink>
      </ActionBar>
    </Form>
  );
}
