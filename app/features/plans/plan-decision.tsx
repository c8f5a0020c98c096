import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";

import { FieldError } from "#app/ui/field.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { useToast } from "#app/ui/toast.tsx";

export type DecisionReply = { ok: boolean; intent: "approve" | "decline" | "cancel"; errors: Record<string, string> };

const DONE: Record<DecisionReply["intent"], string> = {
  approve: "Approved. The plan has begun, and the customer is told.",
  decline: "Declined. The customer is told.",
  cancel: "Canceled. Its bills are owed on their own dates again.",
};

export type PlanDecisionProps = {
  planId: string;
  back: string;
  /** In a list, where the row goes with the answer: a notice says what was done. */
  tells?: boolean;
};

/** Approves or declines what a customer proposed: beside the thread, on its card, in the list. */
export function PlanDecision({ planId, back, tells = false }: PlanDecisionProps) {
  const fetcher = useFetcher<DecisionReply>();
  const toast = useToast();
  useEffect(() => {
    if (tells && fetcher.data?.ok) toast({ text: DONE[fetcher.data.intent] });
  }, [tells, fetcher.data, toast]);
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
