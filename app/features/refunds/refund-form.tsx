import { Form, useFetcher } from "@remix-run/react";
import { useRef, useState } from "react";

import { readRefund, refundField } from "#app/contracts/read-refund.ts";
import { amountRefusalText } from "#app/contracts/messages/amounts.ts";
import { REFUND_CAUSE_WORDS, REFUND_CAUSES, REOPEN_WARNING } from "#app/contracts/messages/refunds.ts";
import { isZero, type Money as MoneyValue } from "#app/contracts/money.ts";
import { type RefundPreviewShown } from "#app/contracts/refund-preview.ts";
import { typedAmount } from "#app/contracts/parse-amount.ts";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { useLocale } from "#app/ui/locale.tsx";
import { MoneyInput } from "#app/ui/money-input.tsx";
import { Money } from "#app/ui/money.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { RadioRows } from "#app/ui/radio-rows.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { useLive } from "#app/ui/use-live.ts";
import { TextInput } from "#app/ui/text-input.tsx";
import type { CreditLimit } from "#server/domains/adjustments/index.ts";
import type { Refundable } from "#server/domains/payments/index.ts";

import { RefundPreviewRows } from "./refund-preview.tsx";

export type RefundFormProps = {
  refundable: Refundable;
  limit: CreditLimit;
  /** Where it goes: "Visa ··4242". */
  to: string | null;
  version: number;
  formKey: string;
  /** The conversation it is given from: its card appears there. */
  conversation: string | null;
  sent: Readonly<Record<string, string>> | null;
  errors: Readonly<Record<string, string>>;
  /** Where to ask what it would change. */
  previewPath: string;
};

/** Gives money back, by its cause, per bill. What each bill says after is asked of the same command, before it is given. */
export function RefundForm(props: RefundFormProps) {
  const { refundable, limit, to, version, conversation, sent, errors, previewPath } = props;
  const { locale } = useLocale();
  // Without script the form cannot follow the cause: then it shows what each of them needs.
  const live = useLive();
  const [formKey] = useState(props.formKey);
  const preview = useFetcher<RefundPreviewShown>();
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState<Readonly<Record<string, string>>>(sent ?? { cause: firstCause(refundable) });
  const cause = values["cause"] ?? "";
  const { currency } = refundable.left;
  const read = readRefund(values, { bills: refundable.bills, currency, locale });
  const set = (more: Record<string, string>) => setValues((known) => ({ ...known, ...more }));
  const look = () => {
    if (form.current) preview.submit(form.current, { method: "post", action: previewPath });
  };
  const sayOf = (name: string) => {
    const problem = read.ok ? undefined : read.problems[name];
    return errors[name] ?? (problem && problem.reason !== "empty" ? amountRefusalText(problem, locale) : undefined);
  };
  const fields = { refundable, values, set, sayOf };
  return (
    <Form ref={form} method="post" className="grid max-w-[40rem] gap-5" onBlur={look} noValidate>
      <input type="hidden" name="intent" value="refund" />
      <input type="hidden" name="key" value={formKey} />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="conversation" value={conversation ?? ""} />
      <ErrorSummary errors={errors} />
      <Causes refundable={refundable} cause={cause} onChange={(next) => (set({ cause: next }), setTimeout(look))} />
      {(cause === "overpaid" || !live) && !isZero(refundable.overpaid) ? <OverpaidField {...fields} /> : null}
      {(cause !== "overpaid" || !live) && refundable.bills.length > 0 ? <BillFields {...fields} /> : null}
      {cause === "reopen" ? <Notice tone="overdue">{REOPEN_WARNING}</Notice> : null}
      {isZero(refundable.fee) ? null : (
        <Checkbox name="feeBack" value="yes" defaultChecked={sent?.["feeBack"] === "yes"}>
          Give the convenience fee of <Money value={refundable.fee} /> back too
        </Checkbox>
      )}
      <Field name="note" label="For the customer" optional error={errors["note"]} hint="They read it with the refund.">
        <TextInput defaultValue={sent?.["note"] ?? ""} maxLength={500} />
      </Field>
      <RefundPreviewRows shown={preview.data} pending={preview.state !== "idle"} />
      <p className="text-ink-2">
        {refundable.byHand
          ? "This money did not come through the processor: send it from your bank, then it is done."
          : `It goes back to ${to ?? "where it came from"}, within 5 to 10 business days.`}{" "}
        <LimitWords limit={limit} />
      </p>
      <div>
        <SubmitButton>
          {read.ok && !isZero(read.amount) ? <>Refund {<Money value={read.amount} />}</> : "Refund"}
        </SubmitButton>
      </div>
    </Form>
  );
}

/** What paid no bill is most likely what the customer wants back; else the bill was wrong. */
const firstCause = ({ overpaid, bills }: Refundable): string =>
  bills.length === 0 && !isZero(overpaid) ? "overpaid" : "billed_wrong";

type CausesProps = { refundable: Refundable; cause: string; onChange: (cause: string) => void };

function Causes({ refundable, cause, onChange }: CausesProps) {
  return (
    <RadioRows
      name="cause"
      legend="Why it goes back"
      value={cause}
      onChange={onChange}
      rows={REFUND_CAUSES.map((one) => ({
        ...{ value: one, label: REFUND_CAUSE_WORDS[one].label, note: REFUND_CAUSE_WORDS[one].effect },
        disabled: one === "overpaid" ? isZero(refundable.overpaid) : refundable.bills.length === 0,
        ...(one === "overpaid" && !isZero(refundable.overpaid) ? { end: <Money value={refundable.overpaid} /> } : {}),
      }))}
    />
  );
}

type FieldsProps = {
  refundable: Refundable;
  values: Readonly<Record<string, string>>;
  set: (more: Record<string, string>) => void;
  sayOf: (name: string) => string | undefined;
};

function OverpaidField({ refundable, values, set, sayOf }: FieldsProps) {
  return (
    <AmountField
      name="amount"
      label="Amount"
      most={refundable.overpaid}
      mostWords="of this payment is on no bill"
      text={values["amount"] ?? ""}
      error={sayOf("amount")}
      onChange={(amount) => set({ amount })}
    />
  );
}

function BillFields({ refundable, values, set, sayOf }: FieldsProps) {
  return (
    <fieldset className="grid gap-4">
      <legend className="ui-label mb-1.5">How much of each bill</legend>
      {refundable.bills.map((bill) => {
        const name = refundField(bill.invoiceId);
        return (
          <AmountField
            key={name}
            name={name}
            label={bill.number}
            most={bill.onBill}
            mostWords="of this payment is on it"
            text={values[name] ?? ""}
            error={sayOf(name)}
            optional
            onChange={(text) => set({ [name]: text })}
          />
        );
      })}
    </fieldset>
  );
}

type AmountFieldProps = {
  name: string;
  label: string;
  most: MoneyValue;
  mostWords: string;
  text: string;
  error: string | undefined;
  optional?: boolean;
  onChange: (text: string) => void;
};

function AmountField({ name, label, most, mostWords, text, error, optional, onChange }: AmountFieldProps) {
  const { locale } = useLocale();
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <Field
          name={name}
          label={label}
          error={error}
          {...(optional ? { optional } : {})}
          hint={
            <>
              <Money value={most} /> {mostWords}
            </>
          }
        >
          <MoneyInput currency={most.currency} value={text} onChange={(event) => onChange(event.currentTarget.value)} />
        </Field>
      </div>
      <div className="mt-6">
        <Button onClick={() => onChange(typedAmount(most, locale))} aria-label={`All of ${label}`}>
          All
        </Button>
      </div>
    </div>
  );
}

function LimitWords({ limit: { perAction, leftToday } }: { limit: CreditLimit }) {
  if (perAction === null) return null;
  return (
    <>
      You can give up to <Money value={perAction} /> at once
      {leftToday ? (
        <>
          , <Money value={leftToday} /> today
        </>
      ) : null}
      .
    </>
  );
}
