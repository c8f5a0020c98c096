import { useFetcher } from "@remix-run/react";

import { Disclosure } from "#app/ui/disclosure.tsx";
import { ErrorFocus } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";

import { type DecisionReply } from "./plan-decision.tsx";

/** Takes an offer back, or cancels a plan that runs. What changes is seen in the plan above it. */
export function PlanEnd({ planId, runs, back }: { planId: string; runs: boolean; back: string }) {
  const fetcher = useFetcher<DecisionReply>();
  const errors = fetcher.data && !fetcher.data.ok ? fetcher.data.errors : {};
  const problem = Object.values(errors)[0];
  return (
    <Disclosure label={runs ? "Cancel this plan" : "Take this offer back"}>
      <fetcher.Form
        method="post"
        action="/console/plans"
        className="flex max-w-[40rem] flex-wrap items-start gap-3"
        noValidate
      >
        <input type="hidden" name="plan" value={planId} />
        <input type="hidden" name="back" value={back} />
        <div className="min-w-0 grow">
          <Field name="reason" id={`end-${planId}`} label="Why, for the customer" optional={!runs} error={problem}>
            <TextInput maxLength={300} />
          </Field>
        </div>
        <div className="beside-field">
          <SubmitButton
            variant="danger"
            name="intent"
            value={runs ? "cancel" : "decline"}
            pending={fetcher.state !== "idle"}
          >
            {runs ? "Cancel the plan" : "Take it back"}
          </SubmitButton>
        </div>
        {problem === undefined ? null : <ErrorFocus of={fetcher.data} />}
      </fetcher.Form>
    </Disclosure>
  );
}
