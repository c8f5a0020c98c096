import { Form } from "@remix-run/react";
import { useState } from "react";

import { CLOCK_KINDS, CLOCK_NAMES } from "#app/contracts/messages/policies.ts";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { Disclosure } from "#app/ui/disclosure.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import type { Policy } from "#server/domains/business/index.ts";

import { type PolicyAnswer, SavedPolicy, SaveLine } from "./policy-frame.tsx";

type Kind = (typeof CLOCK_KINDS)[number];
type Clock = Policy<"dispute_clock">["default"];

export type ClockFormsProps = PolicyAnswer & {
  clocks: Policy<"dispute_clock">;
  version: number;
  /** The clock that was saved. */
  savedClock: string | undefined;
};

/** How long a dispute may take, for every kind and for those that have days of their own. */
export function ClockForms({ clocks, version, typed, errors, saved, savedClock }: ClockFormsProps) {
  return (
    <ul className="grid divide-y divide-line border-y border-line">
      {CLOCK_KINDS.map((kind) => {
        const mine = typed?.["clock"] === kind;
        return (
          <li key={kind} className="clock-row">
            <p className="font-medium">{CLOCK_NAMES[kind]}</p>
            <div className="text-ink-2">
              <Standing clock={clocks[kind]} />
              {saved && savedClock === kind ? <SavedPolicy of={saved} /> : null}
            </div>
            <Disclosure label={clocks[kind] ? "Change" : "Set days"} about={CLOCK_NAMES[kind]} open={mine}>
              <ClockForm
                kind={kind}
                clock={clocks[kind]}
                standard={clocks.default}
                version={version}
                typed={mine ? typed : null}
                errors={mine ? errors : {}}
              />
            </Disclosure>
          </li>
        );
      })}
    </ul>
  );
}

function Standing({ clock }: { clock: Clock | undefined }) {
  if (!clock) return "As every dispute";
  const days = clock.businessDays ? "business days" : "days";
  return (
    <>
      Acknowledged within {clock.acknowledgeWithinDays}, decided within {clock.resolveWithinDays} {days}, open to appeal
      for {clock.appealWithinDays} days <span className="block text-ink-3">{clock.label}</span>
    </>
  );
}

type OneProps = {
  kind: Kind;
  clock: Clock | undefined;
  standard: Clock;
  version: number;
  typed: PolicyAnswer["typed"];
  errors: PolicyAnswer["errors"];
};

function ClockForm({ kind, clock, standard, version, typed, errors }: OneProps) {
  const [seenVersion] = useState(version);
  const from = clock ?? standard;
  const values = typed ?? {
    ...{ label: from.label, acknowledge: String(from.acknowledgeWithinDays), resolve: String(from.resolveWithinDays) },
    ...{ appeal: String(from.appealWithinDays), businessDays: from.businessDays ? "yes" : "" },
  };
  const field = (name: string, label: string) => (
    <Field name={name} id={`${kind}-${name}`} label={label} error={errors[name]}>
      <TextInput defaultValue={values[name]} autoComplete="off" inputMode={name === "label" ? "text" : "numeric"} />
    </Field>
  );
  return (
    <Form method="post" className="grid gap-3">
      <ErrorSummary errors={errors} />
      <input type="hidden" name="policy" value="dispute_clock" />
      <input type="hidden" name="clock" value={kind} />
      <input type="hidden" name="version" value={seenVersion} />
      <div className="grid items-start gap-3 sm:grid-cols-4">
        {field("acknowledge", "Acknowledge within")}
        {field("resolve", "Decide within")}
        {field("appeal", "Appeal within")}
        {field("label", "Where this comes from")}
      </div>
      <Checkbox name="businessDays" value="yes" defaultChecked={values["businessDays"] === "yes"}>
        Count business days, Monday to Friday
      </Checkbox>
      <SaveLine id={kind} intent="save_clock" error={errors["reason"]} value={typed?.["reason"]}>
        Save these days
      </SaveLine>
      {clock && kind !== "default" ? (
        <div>
          <SubmitButton name="intent" value="remove_clock" variant="quiet">
            Use the days of every dispute instead
          </SubmitButton>
        </div>
      ) : null}
    </Form>
  );
}
