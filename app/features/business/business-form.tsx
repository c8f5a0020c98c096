import { Form } from "@remix-run/react";
import { type ReactNode, useState } from "react";

import { BUSINESS_LABELS as LABELS, LANGUAGE_NAMES } from "#app/contracts/messages/business.ts";
import { AddressFields } from "#app/ui/address-fields.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { Select } from "#app/ui/select.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { Textarea } from "#app/ui/textarea.tsx";
import { TextInput } from "#app/ui/text-input.tsx";

type Texts = Record<string, string>;

export type BusinessFormProps = {
  standing: Texts;
  version: number;
  typed: Texts | null;
  errors: Texts;
  zones: readonly string[];
  /** That it was saved, beside the button. */
  answer: ReactNode;
};

/** Who the biller is, as customers, bills and mail show it. */
export function BusinessForm({ standing, version, typed, errors, zones, answer }: BusinessFormProps) {
  const values = typed ?? standing;
  const [seen] = useState({ version, standing });
  const stands = (name: string) =>
    typed !== null && errors["form"] && (typed[name] ?? "") !== (standing[name] ?? "")
      ? `Stands now: ${standing[name] || "nothing"}`
      : undefined;
  const field = (name: keyof typeof LABELS, { needed = false, type = "text", list = "", hint = "" } = {}) => (
    <Field
      name={name}
      label={LABELS[name]}
      error={errors[name]}
      hint={stands(name) ?? (hint || undefined)}
      optional={!needed}
    >
      <TextInput type={type} defaultValue={values[name]} autoComplete="off" {...(list ? { list } : {})} />
    </Field>
  );
  return (
    <Form method="post" className="grid max-w-3xl gap-6" noValidate>
      <ErrorSummary errors={errors} />
      <input type="hidden" name="version" value={seen.version} />
      <input type="hidden" name="seen" value={JSON.stringify(seen.standing)} />
      <section className="grid gap-3">
        <div className="grid items-start gap-3 sm:grid-cols-2">
          {field("name", { needed: true })}
          {field("legalName", { hint: "Where it differs, for bills." })}
        </div>
        <AddressFields labels={LABELS} values={values} errors={errors} />
        <div className="grid items-start gap-3 sm:grid-cols-2">
          {field("phone", { type: "tel" })}
          {field("supportEmail", { type: "email" })}
        </div>
      </section>
      <section className="grid gap-3">
        <SectionHeader title="Time, money and language" />
        <div className="grid items-start gap-3 sm:grid-cols-4">
          {field("zone", { needed: true, list: "zones" })}
          {field("currency", { needed: true })}
          <Language value={values["locale"]} error={errors["locale"]} />
          {field("paymentTermDays", { needed: true })}
        </div>
        <datalist id="zones">
          {zones.map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      </section>
      <section className="grid gap-3">
        <SectionHeader title="Mail and bills" />
        <div className="grid items-start gap-3 sm:grid-cols-2">
          {field("senderName", { hint: "Empty: the business name." })}
          {field("senderEmail", { type: "email", hint: "Empty: MAIL_FROM of the installation." })}
        </div>
        <Field name="terms" label={LABELS.terms} error={errors["terms"]} hint={stands("terms")} optional>
          <Textarea rows={4} defaultValue={values["terms"]} />
        </Field>
      </section>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton name="intent" value="save">
          Save business
        </SubmitButton>
        {answer}
      </div>
    </Form>
  );
}

function Language({ value, error }: { value: string | undefined; error: string | undefined }) {
  return (
    <Field name="locale" label={LABELS.locale} error={error}>
      <Select defaultValue={value}>
        {Object.entries(LANGUAGE_NAMES).map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </Select>
    </Field>
  );
}
