import { Form } from "@remix-run/react";
import { useState } from "react";

import { isolated } from "#app/contracts/isolated.ts";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { Disclosure } from "#app/ui/disclosure.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { Status } from "#app/ui/status.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import type { Contact } from "#server/domains/accounts/index.ts";

type Texts = Record<string, string>;

export type ContactsSectionProps = {
  contacts: readonly Contact[];
  version: number;
  errors: Texts;
  typed: Texts | null;
};

/** People to call or write to about the account. They have no access. */
export function ContactsSection({ contacts, version, errors, typed }: ContactsSectionProps) {
  const factsOf = (contactId: string) =>
    typed?.["contactId"] === contactId ? { errors, typed } : { errors: {}, typed: null };
  return (
    <section aria-labelledby="contacts">
      <SectionHeader id="contacts" title="Contacts, without access" />
      {contacts.length > 0 ? (
        <ul className="mb-2 grid divide-y divide-line">
          {contacts.map((contact) => (
            <li key={contact.id} className="py-1">
              <OneContact contact={contact} version={version} {...factsOf(contact.id)} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-ink-2">Nobody yet. Add who pays the bill, or who answers the phone.</p>
      )}
      <Disclosure label="Add a contact" open={typed?.["contactId"] === ""}>
        <ContactForm contact={null} version={version} {...factsOf("")} />
      </Disclosure>
    </section>
  );
}

type OneProps = { contact: Contact; version: number; errors: Texts; typed: Texts | null };

function OneContact({ contact, version, errors, typed }: OneProps) {
  const { name, email, phone, note, isPrimary } = contact;
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-4">
        <span className="font-medium">{name}</span>
        {isPrimary ? <Status tone="settled">Call first</Status> : null}
        {phone ? (
          <a className="ui-link tabular" href={`tel:${phone.replace(/[^+\d]/g, "")}`}>
            {phone}
          </a>
        ) : null}
        {email ? (
          <a className="ui-link" href={`mailto:${email}`}>
            {email}
          </a>
        ) : null}
        {note ? <bdi className="text-ink-2">{note}</bdi> : null}
      </p>
      <Disclosure label={`Edit ${isolated(name)}`} open={typed !== null}>
        <ContactForm contact={contact} version={version} errors={errors} typed={typed} />
        <Form method="post" className="mt-2">
          <input type="hidden" name="contactId" value={contact.id} />
          <input type="hidden" name="version" value={version} />
          <SubmitButton name="intent" value="remove_contact" variant="danger">
            {`Remove ${isolated(name)}`}
          </SubmitButton>
        </Form>
      </Disclosure>
    </>
  );
}

function ContactForm({ contact, version, errors, typed }: Omit<OneProps, "contact"> & { contact: Contact | null }) {
  const [seenVersion] = useState(version);
  const id = (name: string) => `f-${contact?.id ?? "new"}-${name}`;
  // A refused removal sent nothing of these fields.
  const values = (typed?.["intent"] === "contact" ? typed : null) ?? {
    ...{ contactName: contact?.name ?? "", contactPhone: contact?.phone ?? "" },
    ...{ contactEmail: contact?.email ?? "", note: contact?.note ?? "", isPrimary: contact?.isPrimary ? "yes" : "" },
  };
  const field = (name: string, label: string, { type = "text", optional = true } = {}) => (
    <Field name={name} id={id(name)} label={label} error={errors[name]} optional={optional}>
      <TextInput type={type} defaultValue={values[name]} autoComplete="off" />
    </Field>
  );
  return (
    <Form method="post" className="grid max-w-3xl gap-3" noValidate>
      <ErrorSummary errors={errors} />
      <input type="hidden" name="intent" value="contact" />
      <input type="hidden" name="contactId" value={contact?.id ?? ""} />
      <input type="hidden" name="version" value={seenVersion} />
      <div className="grid items-start gap-3 sm:grid-cols-3">
        {field("contactName", "Name", { optional: false })}
        {field("contactPhone", "Phone", { type: "tel" })}
        {field("contactEmail", "E-mail", { type: "email" })}
      </div>
      {field("note", "Note")}
      <Checkbox name="isPrimary" value="yes" defaultChecked={values["isPrimary"] === "yes"}>
        Call this person first
      </Checkbox>
      <div>
        <SubmitButton>{contact ? "Save contact" : "Add contact"}</SubmitButton>
      </div>
    </Form>
  );
}
