import { Form } from "@remix-run/react";

import { Day } from "#app/ui/date.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import type { FoundBill } from "#server/domains/pay-links/index.ts";

type Texts = Readonly<Record<string, string>>;

/** What stands on any bill: enough to be mailed the way to pay it. */
export function LookupStep({ values, errors }: { values: Texts; errors: Texts }) {
  return (
    <div className="grid gap-6">
      <PageHeader title="Find your bill" lead="Pay without signing in. You need your account number and postal code." />
      <Form method="post" className="grid gap-4" noValidate>
        <ErrorSummary errors={errors} />
        <Field
          name="accountNumber"
          label="Account number"
          hint="At the top of each bill."
          error={errors["accountNumber"]}
        >
          <TextInput autoComplete="off" spellCheck={false} defaultValue={values["accountNumber"]} />
        </Field>
        <Field name="postalCode" label="Postal code" hint="Where your bills go." error={errors["postalCode"]}>
          <TextInput autoComplete="postal-code" defaultValue={values["postalCode"]} />
        </Field>
        <SubmitButton wide>Find my bill</SubmitButton>
      </Form>
      <p>
        <Link to="/sign-in" className="ui-link inline-flex min-h-11 items-center">
          Sign in instead
        </Link>
      </p>
    </div>
  );
}

/** The same words whatever is true, unless the biller lets bills be shown at once. */
export function LookupAnswer({ bills }: { bills: readonly FoundBill[] }) {
  if (bills.length > 0) return <Found bills={bills} />;
  return (
    <div className="grid gap-6">
      <PageHeader
        title="Check your mail"
        lead="If account number and postal code belong together, links to what is open are on their way to the address we have for the account."
      />
      <p className="text-ink-2">
        It takes a minute or two. Nothing arrives? Compare both with your bill, or ask us: we may have no address yet.
      </p>
      <p>
        <Link to="/lookup" reloadDocument className="ui-link inline-flex min-h-11 items-center">
          Try again
        </Link>
      </p>
    </div>
  );
}

function Found({ bills }: { bills: readonly FoundBill[] }) {
  return (
    <div className="grid gap-6">
      <PageHeader title={bills.length === 1 ? "Your bill" : "Your bills"} lead="Choose one to see and pay it." />
      <ul className="grid border-y border-line">
        {bills.map(({ number, dueOn, amount, path }) => (
          <li key={number} className="border-line [&+li]:border-t">
            <Link to={path} reloadDocument className="flex min-h-14 items-center justify-between gap-4">
              <span>
                <span className="font-medium">{number}</span>
                <span className="block text-14 text-ink-3">
                  Due <Day date={dueOn} />
                </span>
              </span>
              <Money value={amount} />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
