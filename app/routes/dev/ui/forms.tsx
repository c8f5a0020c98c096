import { Form } from "@remix-run/react";

import { currency } from "#app/contracts/currency.ts";
import { ActionBar } from "#app/ui/action-bar.tsx";
import { AuthShell } from "#app/ui/auth-shell.tsx";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { FileDrop } from "#app/ui/file-drop.tsx";
import { MoneyInput } from "#app/ui/money-input.tsx";
import { Money } from "#app/ui/money.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { RadioRows } from "#app/ui/radio-rows.tsx";
import { SearchInput } from "#app/ui/search-input.tsx";
import { Segmented } from "#app/ui/segmented.tsx";
import { Select } from "#app/ui/select.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import { Textarea } from "#app/ui/textarea.tsx";

import { HARBOR, usd } from "./sample.ts";

const USD = currency("USD");
const ERRORS = { email: "Write the whole address, like ana@example.com.", amount: "The amount is more than you owe." };

export default function FormGallery() {
  return (
    <AuthShell biller={HARBOR}>
      <PageHeader title="Form pieces" lead="Labels, hints and errors are wired by the field around a control." />
      <Form method="get" className="grid gap-6" noValidate>
        <ErrorSummary errors={ERRORS} />
        <Texts />
        <Choices />
        <Field name="evidence" label="Evidence" hint="Pictures or PDF, up to 10 MB each." optional>
          <FileDrop multiple accept="image/*,application/pdf" />
        </Field>
        <ActionBar>
          <SubmitButton>Pay $142.20</SubmitButton>
          <Button variant="quiet">Other amount</Button>
        </ActionBar>
      </Form>
    </AuthShell>
  );
}

function Texts() {
  return (
    <>
      <Field name="email" label="E-mail" hint="Where receipts go." error={ERRORS.email}>
        <TextInput type="email" autoComplete="email" defaultValue="ana@" />
      </Field>
      <Field name="amount" label="Amount" error={ERRORS.amount}>
        <MoneyInput currency={USD} defaultValue="1,234.56" />
      </Field>
      <Field name="big" label="How much">
        <MoneyInput currency={USD} defaultValue="142.20" large />
      </Field>
      <Field name="reason" label="Reason">
        <Select defaultValue="twice">
          <option value="twice">Charged twice</option>
          <option value="amount">Wrong amount</option>
        </Select>
      </Field>
      <Field name="story" label="What happened" optional>
        <Textarea placeholder="In your own words" />
      </Field>
      <Field name="fixed" label="Account number">
        <TextInput readOnly defaultValue="4410-223" />
      </Field>
      <SearchInput label="Search" placeholder="Name, account or bill" name="q" keyHint="/" />
    </>
  );
}

function Choices() {
  return (
    <>
      <RadioRows
        name="method"
        legend="Pay with"
        defaultValue="visa"
        rows={[
          {
            value: "visa",
            label: "Visa ··4242",
            note: "Expires 04/28",
            end: <span className="text-ink-3">Default</span>,
          },
          { value: "bank", label: "Checking ··6789", note: "Takes up to 4 business days" },
          {
            value: "new",
            label: "New card or bank account",
            open: <p className="text-ink-2">The card form opens here.</p>,
          },
          { value: "amex", label: "Amex ··0005", note: "Expired", disabled: true, end: <Money value={usd(0n)} /> },
        ]}
      />
      <Segmented
        name="when"
        legend="When"
        wide
        defaultValue="now"
        options={[
          { value: "now", label: "Now" },
          { value: "due", label: "On Nov 27" },
          { value: "date", label: "Other day" },
        ]}
      />
      <div>
        <Checkbox name="save" defaultChecked hint="For next time. You can remove it in Settings.">
          Save this card
        </Checkbox>
        <Checkbox name="auto">Turn on autopay</Checkbox>
      </div>
    </>
  );
}
