import { useFetcher } from "@remix-run/react";

import { DISPUTE_REASON_WORDS, DISPUTE_STATE_STAFF_WORDS } from "#app/contracts/messages/disputes.ts";
import { isZero } from "#app/contracts/money.ts";
import { Answer } from "#app/ui/answer.tsx";
import { Button } from "#app/ui/button.tsx";
import { Day } from "#app/ui/date.tsx";
import { Disclosure } from "#app/ui/disclosure.tsx";
import { ErrorFocus } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { Money } from "#app/ui/money.tsx";
import { type Pair, Pairs } from "#app/ui/pairs.tsx";
import { Status, type Tone } from "#app/ui/status.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import type { DisputeDetail } from "#server/domains/disputes/index.ts";

import { DecisionForm } from "./decision-form.tsx";

/** A case at the reps' side: its facts, the promise it is held to, its steps, and the decision. */
export function CasePanel({ dispute, formKey }: { dispute: DisputeDetail; formKey: string }) {
  const decidable = dispute.steps.includes("deny");
  return (
    <section className="side" aria-label={`Dispute ${dispute.number}`}>
      <div className="flex items-baseline justify-between gap-2">
        <h2 className="side-name">{dispute.number}</h2>
        <Status tone={caseTone(dispute)} pill>
          {DISPUTE_STATE_STAFF_WORDS[dispute.state]}
        </Status>
      </div>
      <Pairs pairs={factsOf(dispute)} />
      <p className="text-ink-2">
        “<bdi>{dispute.description}</bdi>”
      </p>
      <Steps dispute={dispute} />
      {decidable ? (
        <Disclosure label="Decide" open>
          <DecisionForm dispute={dispute} formKey={formKey} />
        </Disclosure>
      ) : null}
    </section>
  );
}

export function caseTone({ state, clock }: Pick<DisputeDetail, "state" | "clock">): Tone {
  if (clock.state === "breached") return "overdue";
  if (state === "waiting_on_customer") return "waiting";
  if (state === "resolved_for_customer" || state === "resolved_partially") return "settled";
  return clock.state === "none" ? "done" : "dispute";
}

function factsOf(dispute: DisputeDetail): Pair[] {
  const rows: Pair[] = [
    { label: "In question", value: <Money value={dispute.amount} /> },
    { label: "Why", value: DISPUTE_REASON_WORDS[dispute.reason] },
  ];
  if (dispute.billNumber !== null) rows.push({ label: "Bill", value: dispute.billNumber });
  if (dispute.lineDescription !== null) rows.push({ label: "Line", value: dispute.lineDescription });
  if (!isZero(dispute.held)) rows.push({ label: "Kept out", value: <Money value={dispute.held} /> });
  if (dispute.granted !== null) rows.push({ label: "Given", value: <Money value={dispute.granted} /> });
  if (dispute.clock.dueOn !== null) {
    const late = dispute.clock.state === "breached";
    const day = <Day date={dispute.clock.dueOn} />;
    rows.push({ label: "Promised by", value: late ? <Status tone="overdue">{day}</Status> : day });
  }
  rows.push({ label: "With", value: dispute.ownerName ?? "Nobody yet" });
  return rows;
}

const STEP_WORDS: Partial<Record<DisputeDetail["steps"][number], string>> = {
  acknowledge: "Acknowledge",
  investigate: "Look into it",
  reopen: "Open again",
};

type StepReply = { ok: boolean; message: string | null };

function Steps({ dispute }: { dispute: DisputeDetail }) {
  const fetcher = useFetcher<StepReply>();
  const steps = dispute.steps.filter((step) => STEP_WORDS[step] !== undefined);
  const problem = fetcher.data?.ok === false ? fetcher.data.message : null;
  return (
    <>
      {steps.length > 0 ? (
        <fetcher.Form method="post" action={stepPath(dispute)} className="flex flex-wrap gap-2">
          {steps.map((step) => (
            <Button key={step} type="submit" name="step" value={step} pending={fetcher.formData?.get("step") === step}>
              {STEP_WORDS[step] ?? step}
            </Button>
          ))}
          {problem === null ? null : (
            <Answer of={fetcher.data} tone="overdue" inline>
              {problem}
            </Answer>
          )}
        </fetcher.Form>
      ) : null}
      {dispute.steps.includes("ask_customer") ? <Ask dispute={dispute} /> : null}
    </>
  );
}

const stepPath = ({ number }: DisputeDetail): string => `/console/disputes/${number}/step`;

/** A form of its own: Enter in the question asks it. */
function Ask({ dispute }: { dispute: DisputeDetail }) {
  const fetcher = useFetcher<StepReply>();
  const problem = fetcher.data?.ok === false ? fetcher.data.message : null;
  return (
    <Disclosure label="Ask the customer">
      <fetcher.Form method="post" action={stepPath(dispute)} className="grid gap-2">
        <Field name="note" label="Question" error={problem}>
          <TextInput maxLength={1_000} />
        </Field>
        {problem === null ? null : <ErrorFocus of={fetcher.data} />}
        <div>
          <Button
            type="submit"
            name="step"
            value="ask_customer"
            pending={fetcher.formData?.get("step") === "ask_customer"}
          >
            Ask
          </Button>
        </div>
      </fetcher.Form>
    </Disclosure>
  );
}
