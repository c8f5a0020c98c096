import { Form } from "@remix-run/react";
import { type ReactNode } from "react";

import { type Currency } from "#app/contracts/currency.ts";
import { ActionBar } from "#app/ui/action-bar.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";

import { ScheduleTable, type ScheduleRow } from "./schedule-table.tsx";
import { TermsFields, type TermsBill, type TermsBounds, type TermsValues } from "./terms-fields.tsx";

export type ProposalFormProps = {
  bills: readonly TermsBill[];
  values: TermsValues;
  bounds: TermsBounds;
  errors: Readonly<Record<string, string>>;
  currency: Currency;
  formKey: string;
  version: number;
  /** What these terms come to; null while they cannot be. */
  schedule: readonly ScheduleRow[] | null;
  /** The terms of that schedule: sent along, so that nobody agrees to another one than they saw. */
  seen: string;
  /** Below the schedule: the mandate, the method, a note. */
  children: ReactNode;
  submit: ReactNode;
};

/** Terms, the exact schedule they give, and one button: works alike for whoever proposes and whoever offers. */
export function ProposalForm(props: ProposalFormProps) {
  const { bills, values, bounds, errors, currency, formKey, version, schedule, seen, children, submit } = props;
  return (
    <Form method="post" className="grid max-w-[40rem] gap-6" noValidate>
      <input type="hidden" name="key" value={formKey} />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="seen" value={seen} />
      <ErrorSummary errors={errors} />
      <TermsFields {...{ bills, values, bounds, errors, currency }} />
      <div>
        <SubmitButton variant="secondary" name="intent" value="preview">
          Show the schedule
        </SubmitButton>
      </div>
      {schedule ? (
        <section aria-label="Schedule" className="grid gap-4">
          <ScheduleTable rows={schedule} currency={currency} states={false} />
          {children}
          <ActionBar>
            <SubmitButton name="intent" value="send">
              {submit}
            </SubmitButton>
          </ActionBar>
        </section>
      ) : null}
    </Form>
  );
}
