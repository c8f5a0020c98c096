import { useFetcher } from "@remix-run/react";
import { useState } from "react";

import { type Money as MoneyValue, subtractMoney, zero } from "#app/contracts/money.ts";
import { DoneLater } from "#app/features/conversation/done-later.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { MoneyInput } from "#app/ui/money-input.tsx";
import { Money } from "#app/ui/money.tsx";
import { RadioRows } from "#app/ui/radio-rows.tsx";
import { Segmented } from "#app/ui/segmented.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { Textarea } from "#app/ui/textarea.tsx";
import type { DisputeDetail } from "#server/domains/disputes/index.ts";

export type DecisionReply = { ok: boolean; errors: Record<string, string>; formKey: string | null };

export type DecisionFormProps = { dispute: DisputeDetail; formKey: string };

/** Decides a case: for the customer, in part, or not. What is given follows as a credit, in the same step. */
export function DecisionForm({ dispute, formKey }: DecisionFormProps) {
  const fetcher = useFetcher<DecisionReply>();
  const [outcome, setOutcome] = useState("for_customer");
  const reply = fetcher.state === "idle" ? fetcher.data : undefined;
  const errors = reply && !reply.ok ? reply.errors : {};
  const left = subtractMoney(dispute.amount, dispute.granted ?? zero(dispute.amount.currency));
  return (
    <fetcher.Form method="post" action={`/console/disputes/${dispute.number}/decide`} className="grid gap-4" noValidate>
      <input type="hidden" name="key" value={reply?.formKey ?? formKey} />
      <input type="hidden" name="version" value={dispute.version} />
      {Object.keys(errors).length > 0 ? <ErrorSummary errors={errors} /> : null}
      <RadioRows
        name="outcome"
        legend="Decision"
        value={outcome}
        onChange={setOutcome}
        rows={[
          { value: "for_customer", label: "For the customer", end: <Money value={left} /> },
          { value: "partially", label: "In part", open: <PartAmount left={left} error={errors["amount"]} /> },
          { value: "denied", label: "Not granted", note: "The amount is asked for again." },
        ]}
      />
      {outcome === "denied" ? null : (
        <Segmented
          name="creditKind"
          legend="What it is"
          wide
          defaultValue="credit_note"
          options={[
            { value: "credit_note", label: "Bill was wrong" },
            { value: "goodwill", label: "Goodwill" },
          ]}
        />
      )}
      <Field name="reason" label="What the customer reads" error={errors["reason"]}>
        <Textarea rows={3} maxLength={2_000} />
      </Field>
      <DoneLater pending={fetcher.state !== "idle"} />
      <SubmitButton pending={fetcher.state !== "idle"}>Decide</SubmitButton>
    </fetcher.Form>
  );
}

function PartAmount({ left, error }: { left: MoneyValue; error: string | undefined }) {
  return (
    <Field name="amount" label="How much" error={error} hint={<>Less than {<Money value={left} />}.</>}>
      <MoneyInput currency={left.currency} />
    </Field>
  );
}
