import { Form } from "@remix-run/react";

import { errorsOf, type FormReply } from "#app/contracts/form-reply.ts";
import { Answer } from "#app/ui/answer.tsx";
import { Disclosure } from "#app/ui/disclosure.tsx";
import { ErrorFocus } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";

export type WorkOffProps = { event: string; type: string; reply: FormReply | null };

/** Try a parked event again, or put it aside with what was found. */
export function WorkOff({ event, type, reply }: WorkOffProps) {
  const errors = errorsOf(reply ?? undefined);
  return (
    <div className="flex flex-wrap items-start gap-x-4">
      {reply && errors["reason"] === undefined ? (
        <div className="w-full">
          <Answer of={reply} tone="overdue" inline>
            {errors["form"]}
          </Answer>
        </div>
      ) : null}
      <Form method="post">
        <input type="hidden" name="event" value={event} />
        <SubmitButton variant="secondary" name="how" value="again" aria-label={`Try ${type} again`}>
          Try again
        </SubmitButton>
      </Form>
      <Disclosure label="Mark as seen" open={Boolean(errors["reason"])}>
        <Form method="post" className="flex flex-wrap items-start gap-2">
          {errors["reason"] ? <ErrorFocus of={reply} /> : null}
          <input type="hidden" name="event" value={event} />
          <Field name="reason" id={`f-reason-${event}`} label="What you found" error={errors["reason"]}>
            <TextInput defaultValue={reply?.values["reason"] ?? ""} maxLength={300} />
          </Field>
          <div className="beside-field">
            <SubmitButton variant="secondary" name="how" value="seen">
              Mark as seen
            </SubmitButton>
          </div>
        </Form>
      </Disclosure>
    </div>
  );
}
