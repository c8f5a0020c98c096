import { Form } from "@remix-run/react";
import { type ReactNode, useState } from "react";

import { ACCOUNT_LABELS as LABELS, DELIVERY_NAMES } from "#app/contracts/messages/accounts.ts";
import { LANGUAGE_NAMES } from "#app/contracts/messages/business.ts";
import { AddressFields } from "#app/ui/address-fields.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { Select } from "#app/ui/select.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";

type Texts = Record<string, string>;

export type DetailsFormProps = {
  /** What stands, as texts, with the version it stands at. */
  standing: Texts;
  version: number;
  /** What was typed, when the form comes back; else null. */
  typed: Texts | null;
  errors: Texts;
  zones: readonly string[];
  /** Beside the button. */
  children: ReactNode;
};

/** An account's details, of the version that stood when the form began (its `key`). When somebody else saved meanwhile, what stands now is said under each field that differs. */
export function DetailsForm({ standing, version, typed, errors, zones, children }: DetailsFormProps) {
  const values = typed ?? standing;
  const [seen] = useState({ version, standing });
  const stands = (name: string) =>
    typed !== null && errors["form"] && (typed[name] ?? "") !== (standing[name] ?? "")
      ? `Stands now: ${standing[name] || "nothing"}`
      : undefined;
  const field = (name: keyof typeof LABELS, { optional = true, type = "text" } = {}) => (
    <Field name={name} label={LABELS[name]} error={errors[name]} hint={stands(name)} optional={optional}>
      <TextInput type={type} defaultValue={values[name]} autoComplete="off" />
    </Field>
  );
  return (
    <Form method="post" className="grid max-w-3xl gap-3" noValidate>
      <ErrorSummary errors={errors} />
      <input type="hidden" name="version" value={seen.version} />
      <input type="hidden" name="seen" value={JSON.stringify(seen.standing)} />
      <div className="grid items-start gap-3 sm:grid-cols-3">
        {field("name", { optional: false })}
        {field("email", { type: "email" })}
        {field("phone", { type: "tel" })}
      </div>
      <AddressFields labels={LABELS} values={values} errors={errors} />
      <div className="grid items-start gap-3 sm:grid-cols-3">
        <Field name="zone" label={LABELS.zone} error={errors["zone"]} hint={stands("zone")}>
          <TextInput defaultValue={values["zone"]} list="zones" autoComplete="off" />
        </Field>
        <Choice name="locale" label={LABELS.locale} names={LANGUAGE_NAMES} value={values["locale"]} />
        <Choice name="delivery" label={LABELS.delivery} names={DELIVERY_NAMES} value={values["delivery"]} />
      </div>
      <datalist id="zones">
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <p className="text-ink-2">
        Codes to claim the account go to the e-mail address. Without one, the postal code and a check by you decide.
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton>Save details</SubmitButton>
        {children}
      </div>
    </Form>
  );
}

type ChoiceProps = { name: string; label: string; names: Readonly<Texts>; value: string | undefined };

function Choice({ name, label, names, value }: ChoiceProps) {
  return (
    <Field name={name} label={label}>
      <Select defaultValue={value}>
        {Object.entries(names).map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </Select>
    </Field>
  );
}
