import { Form } from "@remix-run/react";

import { Disclosure } from "#app/ui/disclosure.tsx";
import { Field } from "#app/ui/field.tsx";
import { Select } from "#app/ui/select.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import type { Draft } from "#server/domains/autopay/index.ts";
import type { SavedMethod } from "#server/domains/payments/index.ts";

/** Another day, or another card, for a date that was chosen. */
export function DraftChange({ draft, methods }: { draft: Draft; methods: readonly SavedMethod[] }) {
  return (
    <Disclosure label="Change it">
      <Form method="post" className="grid max-w-[24rem] gap-4 pb-3">
        <input type="hidden" name="draft" value={draft.id} />
        <Field name="payOn" id={`day-${draft.id}`} label="Day">
          <TextInput type="date" defaultValue={draft.draftOn} />
        </Field>
        <Field name="method" id={`method-${draft.id}`} label="Pay with">
          <Select defaultValue={draft.methodId ?? ""}>
            {methods.map((method) => (
              <option key={method.id} value={method.id} disabled={method.expired}>
                {method.label}
              </option>
            ))}
          </Select>
        </Field>
        <div>
          <SubmitButton variant="secondary" name="intent" value="change">
            Save
          </SubmitButton>
        </div>
      </Form>
    </Disclosure>
  );
}
