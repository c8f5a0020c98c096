import { Form } from "@remix-run/react";
import { useState } from "react";

import { encodeId } from "#app/contracts/ids.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { type Money as MoneyValue, money } from "#app/contracts/money.ts";
import { Button } from "#app/ui/button.tsx";
import { Day } from "#app/ui/date.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { Table } from "#app/ui/table.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import type { Undeposited } from "#server/domains/payments/index.ts";

import { accountPaymentPath } from "./paths.ts";

export type DepositFormProps = {
  waiting: readonly Undeposited[];
  today: LocalDate;
  formKey: string;
  sent: Readonly<Record<string, string>> | null;
  errors: Readonly<Record<string, string>>;
};

/** Checks and cash that wait, ticked onto one slip. */
export function DepositForm({ waiting, today, formKey, sent, errors }: DepositFormProps) {
  const [key] = useState(formKey);
  const [chosen, setChosen] = useState<readonly string[]>(
    waiting.map((one) => one.paymentId).filter((id) => sent?.["ticked"]?.includes(id)),
  );
  const all = chosen.length === waiting.length;
  const tick = (id: string, on: boolean) => setChosen(on ? [...chosen, id] : chosen.filter((one) => one !== id));
  return (
    <Form method="post" className="grid gap-5" noValidate>
      <input type="hidden" name="key" value={key} />
      <ErrorSummary errors={errors} />
      <div>
        <Button onClick={() => setChosen(all ? [] : waiting.map((one) => one.paymentId))}>
          {all ? "Tick none" : "Tick all"}
        </Button>
      </div>
      <Table
        caption="Checks and cash that wait to be deposited"
        rows={waiting}
        rowKey={(one) => one.paymentId}
        columns={[
          {
            ...{ key: "what", header: "What", phone: "title" },
            cell: ({ paymentId, label, accountName }) => (
              <label className="inline-flex min-h-7 items-center gap-2 font-medium">
                <input
                  type="checkbox"
                  className="ui-box mt-0"
                  name="payment[]"
                  value={paymentId}
                  checked={chosen.includes(paymentId)}
                  onChange={(event) => tick(paymentId, event.currentTarget.checked)}
                />
                {label}, <bdi>{accountName}</bdi>
              </label>
            ),
          },
          {
            ...{ key: "account", header: "Payment", phone: "sub" },
            cell: ({ paymentId, accountNumber }) => (
              <Link to={accountPaymentPath(accountNumber, encodeId("payment", paymentId))}>{accountNumber}</Link>
            ),
          },
          {
            ...{ key: "when", header: "Received", phone: "end" },
            cell: ({ receivedOn }) => (receivedOn ? <Day date={receivedOn} /> : "–"),
          },
          {
            ...{ key: "amount", header: "Amount", align: "end", phone: "amount" },
            cell: ({ amount }) => <Money value={amount} />,
          },
        ]}
      />
      <div className="flex flex-wrap items-end gap-4">
        <Field name="depositedOn" label="Deposited on" error={errors["depositedOn"]}>
          <TextInput type="date" max={today} defaultValue={sent?.["depositedOn"] ?? today} />
        </Field>
        <Field name="reference" label="Number of the slip" optional error={errors["reference"]}>
          <TextInput defaultValue={sent?.["reference"] ?? ""} maxLength={60} />
        </Field>
        <SubmitButton>
          <Label sums={sumsOf(waiting.filter((one) => chosen.includes(one.paymentId)))} />
        </SubmitButton>
      </div>
    </Form>
  );
}

function sumsOf(chosen: readonly Undeposited[]): MoneyValue[] {
  const sums = new Map<string, MoneyValue>();
  for (const { amount } of chosen) {
    const known = sums.get(amount.currency);
    sums.set(amount.currency, money((known?.amountMinor ?? 0n) + amount.amountMinor, amount.currency));
  }
  return [...sums.values()];
}

function Label({ sums: [sum, other] }: { sums: readonly MoneyValue[] }) {
  return sum && !other ? <>Deposit {<Money value={sum} />}</> : <>Deposit</>;
}
