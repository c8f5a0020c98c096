import { useFetcher } from "@remix-run/react";
import { useCallback, useEffect, useRef } from "react";

import { CREDIT_REASONS, type CreditCommand } from "#app/contracts/credit-command.ts";
import { GIVEN_REASON_WORDS } from "#app/contracts/messages/giving.ts";
import { formatMoney, money, type Money as MoneyValue, toDecimal } from "#app/contracts/money.ts";
import { DoneLater } from "#app/features/conversation/done-later.tsx";
import { Button } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { useLocale } from "#app/ui/locale.tsx";
import { MoneyInput } from "#app/ui/money-input.tsx";
import { Money } from "#app/ui/money.tsx";
import { Segmented } from "#app/ui/segmented.tsx";
import { Select } from "#app/ui/select.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import { useArrived, useKeptForm } from "#app/ui/use-kept-form.ts";
import type { CreditLimit } from "#server/domains/adjustments/index.ts";
import type { AccountMoney, Bill } from "#server/domains/invoices/index.ts";

import { CreditPreviewRows, type PreviewShown } from "./credit-preview.tsx";
import { type CreditValues, creditValues } from "./credit-values.ts";

export type CreditReply =
  | { ok: true; number: string }
  | { ok: false; errors: Record<string, string>; formKey: string | null; readings: MoneyValue[] };

export type CreditFormProps = {
  number: string;
  money: AccountMoney;
  bills: readonly Bill[];
  limit: CreditLimit;
  formKey: string;
  /** What the rep typed after `/credit`. */
  command: CreditCommand | null;
  /** The name what is typed is kept under until the credit is given. */
  keptAs: string;
  onDone: () => void;
};

const FORM_ID = "credit-form";
const PAUSE_MS = 250;

/** Gives a credit from the thread. What each number becomes is asked of the same command, before it is given. */
export function CreditForm(props: CreditFormProps) {
  const { number, money: words, bills, limit, formKey, command, keptAs, onDone } = props;
  const fetcher = useFetcher<CreditReply>();
  const preview = useFetcher<PreviewShown>();
  const { submit } = preview;
  const form = useRef<HTMLFormElement>(null);
  const reply = fetcher.state === "idle" ? fetcher.data : undefined;
  const refused = reply && !reply.ok ? reply : null;
  const { kept, onInput } = useKeptForm(keptAs);
  useArrived(reply?.ok === true ? keptAs : null);
  useDone(reply, onDone);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const look = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (form.current) submit(form.current, { method: "post", action: `/console/c/${number}/credit?preview` });
    }, PAUSE_MS);
  }, [submit, number]);
  useEffect(() => {
    // What a command filled in, or was typed before, is looked at without a further key.
    if (command !== null || kept !== null) look();
    return () => clearTimeout(timer.current);
  }, [command, kept, look]);
  return (
    <fetcher.Form
      ref={form}
      id={FORM_ID}
      method="post"
      action={`/console/c/${number}/credit`}
      className="side grid gap-4"
      onInput={(event) => {
        onInput(event);
        look();
      }}
      noValidate
    >
      <div className="flex items-center justify-between">
        <h2 className="side-name">Give a credit</h2>
        <Button variant="quiet" onClick={onDone} aria-keyshortcuts="Escape">
          Cancel
        </Button>
      </div>
      <input type="hidden" name="key" value={refused?.formKey ?? formKey} />
      <input type="hidden" name="version" value={words.version} />
      {refused ? <ErrorSummary errors={refused.errors} /> : null}
      <Fields
        key={kept ? "kept" : "new"}
        {...{ words, bills, limit }}
        values={{ ...creditValues(command, bills), ...(command === null ? kept : null) }}
        errors={refused?.errors ?? {}}
      />
      {refused && refused.readings.length > 0 ? <Readings readings={refused.readings} form={form} /> : null}
      <CreditPreviewRows shown={preview.data} pending={preview.state !== "idle"} />
      <DoneLater pending={fetcher.state !== "idle"} />
      <SubmitButton pending={fetcher.state !== "idle"}>Give credit</SubmitButton>
    </fetcher.Form>
  );
}

/** The two ways an amount can be read, to press instead of guessing. */
function Readings({ readings, form }: { readings: readonly MoneyValue[]; form: React.RefObject<HTMLFormElement> }) {
  const choose = (reading: MoneyValue) => {
    const field = form.current?.elements.namedItem("amount");
    if (field instanceof HTMLInputElement) {
      field.value = toDecimal(reading);
      field.focus();
    }
  };
  return (
    <div className="flex gap-2">
      {readings.map((reading) => (
        <Button key={toDecimal(reading)} onClick={() => choose(reading)}>
          <Money value={reading} />
        </Button>
      ))}
    </div>
  );
}

/** Closes the form once the credit is given; the thread shows its card by itself. */
function useDone(reply: CreditReply | undefined, onDone: () => void): void {
  const done = reply?.ok === true ? reply.number : null;
  useEffect(() => {
    if (done !== null) onDone();
  }, [done, onDone]);
}

type FieldsProps = Pick<CreditFormProps, "bills" | "limit"> & {
  words: AccountMoney;
  values: CreditValues;
  errors: Record<string, string>;
};

function Fields({ words: { currency }, bills, limit, values, errors }: FieldsProps) {
  return (
    <>
      <Field name="amount" label="Amount" error={errors["amount"]} hint={<LimitWords limit={limit} />}>
        <MoneyInput currency={currency} defaultValue={values.amount} autoFocus />
      </Field>
      <Segmented
        name="kind"
        legend="What it is"
        wide
        defaultValue={values.kind}
        options={[
          { value: "goodwill", label: "Goodwill" },
          { value: "credit_note", label: "Credit note" },
        ]}
      />
      <Field name="reason" label="Reason" error={errors["reason"]}>
        <Select defaultValue={values.reason}>
          {CREDIT_REASONS.map((reason) => (
            <option key={reason} value={reason}>
              {GIVEN_REASON_WORDS[reason]}
            </option>
          ))}
        </Select>
      </Field>
      <Field name="bill" label="On" error={errors["bill"]}>
        <Select defaultValue={values.bill}>
          {bills.map((bill) => (
            <BillOption key={bill.id} bill={bill} />
          ))}
          <option value="">No bill: credit for the next one</option>
        </Select>
      </Field>
      <Field name="note" label="For the customer" optional error={errors["note"]}>
        <TextInput defaultValue={values.note} maxLength={500} />
      </Field>
    </>
  );
}

function BillOption({ bill }: { bill: Bill }) {
  const { locale } = useLocale();
  const open = formatMoney(money(bill.openMinor, bill.currency), locale);
  return <option value={bill.id}>{`${bill.number}, ${open} open`}</option>;
}

function LimitWords({ limit: { perAction, leftToday } }: { limit: CreditLimit }) {
  if (perAction === null) return <>You have no limit.</>;
  return (
    <>
      Up to <Money value={perAction} /> at once
      {leftToday ? (
        <>
          , <Money value={leftToday} /> left today
        </>
      ) : null}
      .
    </>
  );
}
