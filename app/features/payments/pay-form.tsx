import { Form } from "@remix-run/react";
import { useState } from "react";

import { isZero } from "#app/contracts/money.ts";
import { type Currency } from "#app/contracts/currency.ts";
import { type PayReply } from "#app/contracts/pay-reply.ts";
import { ActionBar } from "#app/ui/action-bar.tsx";
import { Button } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { useLocale } from "#app/ui/locale.tsx";
import { Money } from "#app/ui/money.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { Segmented } from "#app/ui/segmented.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { useLive } from "#app/ui/use-live.ts";
import type { PayPlan, SavedMethod } from "#server/domains/payments/index.ts";

import { AmountChoice } from "./amount-choice.tsx";
import { BillChoice } from "./bill-choice.tsx";
import { type Choice, readChoice } from "./choice.ts";
import { type StripeScript } from "./load-stripe.ts";
import { MethodChoice, NEW_METHOD } from "./method-choice.tsx";
import { type Paying, usePay } from "./use-pay.ts";

export type PayFormProps = {
  plan: PayPlan;
  currency: Currency;
  methods: readonly SavedMethod[];
  script: StripeScript;
  /** One per attempt: pressing twice, going back and reloading send the same. */
  formKey: string;
  startsWith: Choice;
  reply: PayReply | undefined;
};

export function PayForm({ plan, currency, methods, script, formKey, startsWith, reply }: PayFormProps) {
  const { locale } = useLocale();
  const [mode, setMode] = useState(startsWith.mode);
  const [chosen, setChosen] = useState<readonly string[]>(startsWith.mode === "bills" ? startsWith.invoiceIds : []);
  const [text, setText] = useState(startsWith.mode === "amount" ? startsWith.text : "");
  const [method, setMethod] = useState(methods.find((one) => !one.expired)?.id ?? NEW_METHOD);
  const live = useLive();
  const choice: Choice = mode === "bills" ? { mode, invoiceIds: chosen } : { mode, text };
  const read = readChoice(choice, { bills: plan.bills, currency, locale });
  const amount = read.ok ? read.amount : { amountMinor: 0n, currency };
  const pay = usePay({ isNew: method === NEW_METHOD, next: reply?.next ?? null });
  const modes = [
    { value: "bills", label: "Bills" },
    { value: "amount", label: "Other amount" },
  ];
  return (
    <Form method="post" className="grid max-w-[34rem] gap-6" onSubmit={pay.onSubmit} noValidate>
      <input type="hidden" name="key" value={formKey} />
      <input type="hidden" name="version" value={plan.version} />
      <Problems reply={reply} pay={pay} />
      {plan.bills.length > 0 ? (
        <Segmented
          name="mode"
          legend="What to pay"
          wide
          value={mode}
          options={modes}
          onChange={(value) => setMode(value === "amount" ? "amount" : "bills")}
        />
      ) : (
        <input type="hidden" name="mode" value="amount" />
      )}
      <noscript>
        <a className="ui-link" href={mode === "bills" ? "/pay?amount=other" : "/pay"}>
          {mode === "bills" ? "Pay another amount" : "Choose bills"}
        </a>
      </noscript>
      {mode === "bills" ? (
        <BillChoice bills={plan.bills} currency={currency} chosen={chosen} onChange={setChosen} />
      ) : (
        <AmountChoice
          {...{ bills: plan.bills, currency, text, read }}
          error={reply?.errors["amount"]}
          onChange={setText}
        />
      )}
      <MethodChoice
        {...{ methods, script, live, amount }}
        chosen={method}
        onChange={setMethod}
        onTools={pay.setTools}
      />
      <ActionBar>
        <SubmitButton wide {...(pay.busy ? { pending: true } : {})}>
          {isZero(amount) ? "Pay" : <>Pay {<Money value={amount} />}</>}
        </SubmitButton>
        {reply?.becomesCredit ? (
          <Button type="submit" name="creditOk" value="yes" wide>
            Pay anyway: the rest becomes credit
          </Button>
        ) : null}
      </ActionBar>
    </Form>
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
