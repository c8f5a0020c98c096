import { Form } from "@remix-run/react";
import { useState } from "react";

import { LOOKUP_NAMES } from "#app/contracts/messages/pay-links.ts";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { Select } from "#app/ui/select.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import type { Policy } from "#server/domains/business/index.ts";

import { type PolicyAnswer, SaveLine } from "./policy-frame.tsx";

export type PayLinksPolicyFormProps = PolicyAnswer & {
  policy: Policy<"pay_links">;
  version: number;
};

/** How long links to bills work, and what a look-up without an account does. */
export function PayLinksPolicyForm({ policy, version, typed, errors, saved }: PayLinksPolicyFormProps) {
  const [seenVersion] = useState(version);
  const value = (name: "daysPastDue" | "mostDays") => typed?.[name] ?? String(policy[name]);
  return (
    <Form method="post" className="grid gap-4">
      <ErrorSummary errors={errors} />
      <input type="hidden" name="policy" value="pay_links" />
      <input type="hidden" name="version" value={seenVersion} />
      <div className="grid max-w-3xl items-start gap-3 sm:grid-cols-3">
        <Field name="daysPastDue" label="Days past due" hint="A link works so long." error={errors["daysPastDue"]}>
          <TextInput inputMode="numeric" maxLength={3} defaultValue={value("daysPastDue")} />
        </Field>
        <Field name="mostDays" label="At most, in days" hint="From the day it is made." error={errors["mostDays"]}>
          <TextInput inputMode="numeric" maxLength={3} defaultValue={value("mostDays")} />
        </Field>
        <Field
          name="lookup"
          label="Account number and postal code"
          hint="Shown at once, anybody who has a bill sees all open ones."
          error={errors["lookup"]}
        >
          <Select defaultValue={typed?.["lookup"] ?? policy.lookup}>
            {Object.entries(LOOKUP_NAMES).map(([name, text]) => (
              <option key={name} value={name}>
                {text}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <SaveLine id="pay-links" saved={saved} error={errors["reason"]} value={typed?.["reason"]}>
        Save pay link policy
      </SaveLine>
    </Form>
  );
}
