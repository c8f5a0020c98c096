import { Form } from "@remix-run/react";
import { useState } from "react";

import { type ChargeMethod } from "#app/contracts/chargeable.ts";
import { convenienceFee, type FeeRates } from "#app/contracts/convenience-fee.ts";
import { type Currency } from "#app/contracts/currency.ts";
import { payRefusalText } from "#app/contracts/messages/pay.ts";
import { addMoney, isZero } from "#app/contracts/money.ts";
import { writeShown } from "#app/contracts/pay-changes.ts";
import { type PayReply } from "#app/contracts/pay-reply.ts";
import { AmountChoice } from "#app/features/payments/amount-choice.tsx";
import { type Choice, NEW_METHOD, readChoice } from "#app/contracts/pay-choice.ts";
import { FeeLines } from "#app/features/payments/fee-lines.tsx";
import { type StripeScript } from "#app/features/payments/load-stripe.ts";
import { MethodChoice } from "#app/features/payments/method-choice.tsx";
import { Problems } from "#app/features/payments/pay-form.tsx";
import { ShortReasonFields } from "#app/features/payments/short-reason.tsx";
import { usePay } from "#app/features/payments/use-pay.ts";
import { ActionBar } from "#app/ui/action-bar.tsx";
import { useLocale } from "#app/ui/locale.tsx";
import { Money } from "#app/ui/money.tsx";
import { Segmented } from "#app/ui/segmented.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { useLive } from "#app/ui/use-live.ts";
import type { PayPlan } from "#server/domains/payments/index.ts";

export type GuestPayFormProps = {
  /** One bill. */
  plan: PayPlan;
  fees: FeeRates;
  currency: Currency;
  script: StripeScript;
  /** One per attempt: pressing twice, going back and reloading send the same. */
  formKey: string;
  reply: PayReply | undefined;
};

/** Pays the bill of a link: all that it asks for or less, with a card or bank account that is used this once. */
export function GuestPayForm({ plan, fees, currency, script, formKey, reply }: GuestPayFormProps) {
  const { locale } = useLocale();
  const [mode, setMode] = useState(reply?.values["mode"] === "amount" ? "amount" : "bills");
  const [text, setText] = useState(reply?.values["amount"] ?? "");
  const [kind, setKind] = useState<ChargeMethod>("card");
  const live = useLive();
  const { bills } = plan;
  const choice: Choice =
    mode === "bills" ? { mode: "bills", invoiceIds: bills.map((bill) => bill.invoiceId) } : { mode: "amount", text };
  const read = readChoice(choice, { bills, currency, locale });
  const amount = read.ok ? read.amount : { amountMinor: 0n, currency };
  const fee = convenienceFee(amount, fees[kind]);
  const tooMuch =
    read.ok && !isZero(read.credit) ? payRefusalText({ reason: "more_than_due", most: plan.toPayNow }, locale) : null;
  const pay = usePay({ isNew: true, next: reply?.next ?? null });
  return (
    <Form method="post" className="grid gap-6" onSubmit={pay.onSubmit} noValidate>
      <input type="hidden" name="key" value={formKey} />
      <input type="hidden" name="version" value={plan.version} />
      <input type="hidden" name="fee" value={String(fee.amountMinor)} />
      <input type="hidden" name="shown" value={writeShown(plan.bills)} />
      <Problems reply={reply} pay={pay} />
      <Segmented
        name="mode"
        legend="How much to pay"
        wide
        value={mode}
        options={[
          { value: "bills", label: "All of it" },
          { value: "amount", label: "Part of it" },
        ]}
        onChange={setMode}
      />
      {mode === "amount" ? (
        <AmountChoice
          {...{ currency, text }}
          read={read}
          error={tooMuch ?? reply?.errors["amount"]}
          hint={null}
          onChange={setText}
        />
      ) : null}
      {read.ok && read.short ? <ShortReasonFields error={reply?.errors["reason"]} sent={reply?.values} /> : null}
      <MethodChoice
        {...{ methods: [], script, live, amount, mayKeep: false }}
        chosen={NEW_METHOD}
        onChange={() => undefined}
        onTools={pay.setTools}
        onKind={setKind}
      />
      <FeeLines amount={amount} fee={fee} label="To this bill" />
      <ActionBar>
        <SubmitButton wide {...(pay.busy ? { pending: true } : {})}>
          {isZero(amount) ? "Pay" : <>Pay {<Money value={addMoney(amount, fee)} />}</>}
        </SubmitButton>
      </ActionBar>
    </Form>
  );
}
