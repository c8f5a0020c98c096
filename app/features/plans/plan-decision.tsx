import { useFetcher } from "@remix-run/react";

import { FieldError } from "#app/ui/field.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";

export type DecisionReply = { ok: boolean; errors: Record<string, string> };

/** Approves or declines what a customer proposed: beside the thread, on its card, in the list. */
export function PlanDecision({ planId, back }: { planId: string; back: string }) {
  const fetcher = useFetcher<DecisionReply>();
  const problem = fetcher.data && !fetcher.data.ok ? Object.values(fetcher.data.errors)[0] : undefined;
  const pending = fetcher.state !== "idle";
  return (
    <fetcher.Form method="post" action="/console/plans" className="grid gap-2">
      <input type="hidden" name="plan" value={planId} />
      <input type="hidden" name="back" value={back} />
      <div className="flex flex-wrap gap-2">
        <SubmitButton name="intent" value="approve" pending={pending}>
          Approve
        </SubmitButton>
        <SubmitButton variant="quiet" name="intent" value="decline" pending={pending}>
          Decline
        </SubmitButton>
      </div>
      {problem ? <FieldError id={`plan-${planId}-error`} text={problem} /> : null}
    </fetcher.Form>
  );
}
