import { Form } from "@remix-run/react";
import { useState } from "react";

import { ComingFees } from "#app/features/bills/coming-fees.tsx";
import { Disclosure } from "#app/ui/disclosure.tsx";
import { Field } from "#app/ui/field.tsx";
import { Select } from "#app/ui/select.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import type { Draft } from "#server/domains/autopay/index.ts";
import type { ComingBillFee } from "#server/domains/collections/index.ts";
import type { SavedMethod } from "#server/domains/payments/index.ts";

export type DraftChangeProps = {
  draft: Draft;
  methods: readonly SavedMethod[];
  /** Late fees that come to its bills while they wait. */
  coming: readonly ComingBillFee[];
};

/** Another day, or another card, for a date that was chosen. */
export function DraftChange({ draft, methods, coming }: DraftChangeProps) {
  const [day, setDay] = useState<string>(draft.draftOn);
  return (
    <Disclosure label="Change it">
      <Form method="post" className="grid max-w-[24rem] gap-4 pb-3">
        <input type="hidden" name="draft" value={draft.id} />
        <Field name="payOn" id={`day-${draft.id}`} label="Day">
          <TextInput
            {...{ type: "date", defaultValue: day }}
            onChange={(event) => {
              setDay(event.currentTarget.value);
            }}
          />
        </Field>
        <ComingFees fees={coming} on={day} />
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
