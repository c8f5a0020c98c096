import { Form } from "@remix-run/react";

import { isolated } from "#app/contracts/isolated.ts";
import { Disclosure } from "#app/ui/disclosure.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { Select } from "#app/ui/select.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { Textarea } from "#app/ui/textarea.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import type { AccountPerson } from "#server/domains/accounts/index.ts";

type Props = {
  people: readonly AccountPerson[];
  errors: Record<string, string>;
  values: Record<string, string>;
};

/** A rep writes first. With nobody signed in on the account the thread waits there for whoever comes. */
export function StartConversation({ people, errors, values }: Props) {
  return (
    <Disclosure label="Start a conversation" open={Object.keys(errors).length > 0}>
      <Form method="post" className="grid gap-3">
        <ErrorSummary errors={errors} />
        {people.length > 0 ? (
          <Field name="personLoginId" label="With">
            <Select defaultValue={values["personLoginId"] ?? people[0]?.loginId}>
              {people.map((person) => (
                <option key={person.loginId} value={person.loginId}>
                  {isolated(person.name)} ({person.email})
                </option>
              ))}
            </Select>
          </Field>
        ) : (
          <input type="hidden" name="personLoginId" value="" />
        )}
        <Field name="title" label="About" error={errors["title"]}>
          <TextInput defaultValue={values["title"]} maxLength={120} />
        </Field>
        <Field name="body" label="First message" error={errors["body"]}>
          <Textarea defaultValue={values["body"]} />
        </Field>
        <div>
          <SubmitButton>Send message</SubmitButton>
        </div>
      </Form>
    </Disclosure>
  );
}
