import { Form } from "@remix-run/react";
import { type FormEvent, useState } from "react";

import { type ChargeMethod } from "#app/contracts/chargeable.ts";
import { convenienceFee, type FeeRates } from "#app/contracts/convenience-fee.ts";
import { type Currency } from "#app/contracts/currency.ts";
import { addMoney, isZero, zero } from "#app/contracts/money.ts";
import { writeShown } from "#app/contracts/pay-changes.ts";
import { type PayReply } from "#app/contracts/pay-reply.ts";
import { ComingFeesSum } from "#app/features/bills/coming-fees.tsx";
import { ActionBar } from "#app/ui/action-bar.tsx";
import { Button } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { useLocale } from "#app/ui/locale.tsx";
import { Money } from "#app/ui/money.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { Segmented } from "#app/ui/segmented.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { useKeptForm } from "#app/ui/use-kept-form.ts";
import { useLive } from "#app/ui/use-live.ts";
import type { ComingBillFee } from "#server/domains/collections/index.ts";
import type { PayPlan, SavedMethod } from "#server/domains/payments/index.ts";

import { AmountChoice, Spread } from "./amount-choice.tsx";
import { BillChoice } from "./bill-choice.tsx";
import { type Choice, NEW_METHOD } from "#app/contracts/pay-choice.ts";
import { FeeLines } from "./fee-lines.tsx";
import { type StripeScript } from "./load-stripe.ts";
import { MethodChoice } from "./method-choice.tsx";
import { ShortReasonFields } from "./short-reason.tsx";
import { type Choosing, useChoice } from "./use-choice.ts";
import { type Paying, usePay } from "./use-pay.ts";
import { type PayDates, WhenChoice } from "./when-choice.tsx";

export type PayFormProps = {
  plan: PayPlan;
  currency: Currency;
  methods: readonly SavedMethod[];
  /** The convenience fee by kind of method. */
  fees: FeeRates;
  script: StripeScript;
  /** One per attempt: pressing twice, going back and reloading send the same. */
  formKey: string;
  /** The days a payment can be kept for. */
  dates: PayDates;
  /** Late fees that come to bills while they wait for a day. */
  coming: readonly ComingBillFee[];
  startsWith: Choice;
  /** The name its choices are kept under until they have arrived (`payKeptAs`). */
  keptAs: string;
  reply: PayReply | undefined;
};

export function PayForm({ keptAs, ...props }: PayFormProps) {
  const { kept, onInput } = useKeptForm(keptAs, { linkWins: true });
  return <Attempt key={kept ? "kept" : "new"} {...props} {...{ kept, onInput }} />;
}

type AttemptProps = Omit<PayFormProps, "keptAs"> & ReturnType<typeof useKeptForm>;

function Attempt(props: AttemptProps) {
  const { plan, currency, methods, fees, script, formKey, dates, coming, startsWith, reply, kept, onInput } = props;
  const { locale } = useLocale();
  const sent = reply?.values ?? kept ?? undefined;
  const choosing = useChoice(
    { startsWith, sent, splits: sent?.["intent"] === "split" },
    { bills: plan.bills, currency, locale },
  );
  const { read } = choosing;
  useOffer(reply, choosing);
  const [method, setMethod] = useState(() => firstMethod(sent?.["method"], methods));
  const key = useAttemptKey(formKey, reply);
  const [newKind, setNewKind] = useState<ChargeMethod>("card");
  const [wish, setWish] = useState(sent?.["when"] ?? "now");
  const live = useLive();
  const when = method === NEW_METHOD && live ? "now" : wish;
  const [on, setOn] = useState(sent?.["on"] ?? dates.first);
  const feesComing = feesOf(coming, read);
  const amount = read.ok ? read.amount : zero(currency);
  const feeOf = (kind: ChargeMethod) => convenienceFee(amount, fees[kind]);
  const kind = methods.find((one) => one.id === method)?.kind ?? newKind;
  const fee = when === "date" ? zero(currency) : feeOf(kind);
  const pay = usePay({ isNew: method === NEW_METHOD, next: reply?.next ?? null });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    if (read.ok || !showWrong(event)) pay.onSubmit(event);
  };
  return (
    <Form method="post" className="grid max-w-[34rem] gap-6" {...{ onSubmit, onInput }} noValidate>
      <input type="hidden" name="key" value={key} />
      <input type="hidden" name="version" value={plan.version} />
      <input type="hidden" name="fee" value={String(fee.amountMinor)} />
      <input type="hidden" name="shown" value={writeShown(plan.bills)} />
      <Problems reply={reply} pay={pay} />
      <What {...{ plan, currency, choosing, reply }} />
      {read.ok && read.short ? <ShortReasonFields error={reply?.errors["reason"]} sent={sent} /> : null}
      <MethodChoice
        {...{ methods, script, live, amount, feeOf }}
        chosen={method}
        onChange={setMethod}
        onTools={pay.setTools}
        onKind={setNewKind}
      />
      {methods.length > 0 ? (
        <WhenChoice
          {...{ dates, when, on, onDate: setOn, coming: feesComing, error: reply?.errors["on"] }}
          saved={method !== NEW_METHOD || !live}
          onChange={setWish}
        />
      ) : null}
      <FeeLines amount={amount} fee={fee} />
      <ActionBar>
        {when === "date" ? <ComingFeesSum fees={feesComing} on={on} /> : null}
        <SubmitButton wide {...(pay.busy ? { pending: true } : {})}>
          {isZero(amount) ? "Pay" : <>Pay {<Money value={addMoney(amount, fee)} />}</>}
          {when === "date" ? " on that date" : null}
        </SubmitButton>
        {reply?.becomesCredit ? <PayAnyway read={read} /> : null}
      </ActionBar>
    </Form>
  );
}

const PayAnyway = ({ read }: { read: Choosing["read"] }) => (
  <Button type="submit" name="creditOk" value="yes" wide>
    {read.ok && !isZero(read.credit) ? (
      <>
        Pay anyway: <Money value={read.credit} /> becomes credit
      </>
    ) : (
      "Pay anyway: the rest becomes credit"
    )}
  </Button>
);

function useAttemptKey(formKey: string, reply: PayReply | undefined): string {
  // The data may be read anew while the form stands: it stays the same attempt.
  const [key, setKey] = useState(formKey);
  // What was declined is over for good: from then on the form is another attempt, whatever is refused after it.
  if (reply?.formKey && reply.formKey !== key) setKey(reply.formKey);
  return key;
}

const feesOf = (coming: readonly ComingBillFee[], read: Choosing["read"]) =>
  coming.filter(({ invoiceId }) => read.ok && read.parts.some((part) => part.invoiceId === invoiceId));

/** What was chosen before, while it is still there; else the first that works. */
const firstMethod = (sent: string | undefined, methods: readonly SavedMethod[]): string =>
  sent === NEW_METHOD || methods.some(({ id }) => id === sent)
    ? (sent ?? NEW_METHOD)
    : (methods.find((one) => !one.expired)?.id ?? NEW_METHOD);

/** Nothing is asked for any more: what was to be paid stands as an amount, which would become credit. */
function useOffer(reply: PayReply | undefined, choosing: Choosing): void {
  const [adopted, adopt] = useState(reply);
  if (!reply || reply === adopted) return;
  adopt(reply);
  if (reply.asCredit !== null) choosing.chooseAmount(reply.asCredit);
}

/** An amount that cannot be read is sent nowhere: the field that says so gets the focus. */
function showWrong(event: FormEvent<HTMLFormElement>): boolean {
  const wrong = event.currentTarget.querySelector<HTMLElement>('[aria-invalid="true"]');
  if (!wrong) return false;
  event.preventDefault();
  wrong.focus();
  return true;
}

type WhatProps = Pick<PayFormProps, "plan" | "currency" | "reply"> & { choosing: Choosing };

const MODES = [
  { value: "bills", label: "Bills" },
  { value: "amount", label: "Other amount" },
];

/** Bills, whole or in part, or any amount and where it goes. */
function What({ plan, currency, reply, choosing }: WhatProps) {
  const { mode, text, read } = choosing;
  return (
    <>
      {plan.bills.length > 0 ? (
        <Segmented name="mode" legend="What to pay" wide value={mode} options={MODES} onChange={choosing.setMode} />
      ) : (
        <input type="hidden" name="mode" value="amount" />
      )}
      <noscript>
        <a className="ui-link" href={mode === "bills" ? "/pay?amount=other" : "/pay"}>
          {mode === "bills" ? "Pay another amount" : "Choose bills"}
        </a>
      </noscript>
      {mode === "bills" ? (
        <BillChoice bills={plan.bills} {...{ currency, choosing }} />
      ) : (
        <AmountChoice {...{ currency, text, read }} error={reply?.errors["amount"]} onChange={choosing.setText}>
          <Spread bills={plan.bills} {...{ currency, choosing }} />
        </AmountChoice>
      )}
    </>
  );
}

/** What is in the way: the card form's own sentence, else the server's. */
export function Problems({ reply, pay }: { reply: PayReply | undefined; pay: Paying }) {
  if (pay.problem !== null) {
    return (
      <Notice tone="overdue" live>
        {pay.problem}
      </Notice>
    );
  }
  return reply ? <ErrorSummary errors={reply.errors} /> : null;
}
