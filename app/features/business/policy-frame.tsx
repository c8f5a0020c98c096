import { type ReactNode } from "react";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { Answer } from "#app/ui/answer.tsx";
import { Day } from "#app/ui/date.tsx";
import { Disclosure } from "#app/ui/disclosure.tsx";
import { Field } from "#app/ui/field.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";

type Version = { version: number; effectiveOn: LocalDate; reason: string; by: string | null };

/** How a policy came to be: nothing of it is ever edited, so that a decision keeps the rule it was made under. */
export function PolicyHistory({ versions }: { versions: readonly Version[] }) {
  if (versions.length === 0) return <p className="text-ink-3">Never changed.</p>;
  return (
    <Disclosure label={`Version ${String(versions[0]?.version ?? 0)}, and how it came about`}>
      <ol className="grid gap-1">
        {versions.map((one) => (
          <li key={one.version} className="flex flex-wrap gap-x-3">
            <span className="tabular text-ink-3">{one.version}</span>
            <Day date={one.effectiveOn} style="short" />
            <span>{one.by ?? "The system"}</span>
            <span className="text-ink-2">{one.reason}</span>
          </li>
        ))}
      </ol>
    </Disclosure>
  );
}

/** What came back to one policy's form: what was typed and what is wrong with it, or that it was saved. */
export type PolicyAnswer = {
  typed: Record<string, string> | null;
  errors: Record<string, string>;
  saved: object | null;
};

type SaveLineProps = {
  id: string;
  error: string | undefined;
  value: string | undefined;
  /** What the button says it wants, where the form can be asked for more than one thing. */
  intent?: string;
  /** The answer that it was saved. */
  saved?: object | null;
  children: ReactNode;
};

/** Why, and the button: a policy never changes without a reason. */
export function SaveLine({ id, error, value, intent, saved, children }: SaveLineProps) {
  return (
    <div className="flex flex-wrap items-start gap-3">
      <div className="min-w-0 grow sm:max-w-96">
        <Field name="reason" id={`${id}-reason`} label="Why this changes" error={error}>
          <TextInput defaultValue={value} maxLength={300} autoComplete="off" />
        </Field>
      </div>
      <div className="beside-field">
        <SubmitButton variant="secondary" {...(intent ? { name: "intent", value: intent } : {})}>
          {children}
        </SubmitButton>
        {saved ? <SavedPolicy of={saved} /> : null}
      </div>
    </div>
  );
}

export const SavedPolicy = ({ of }: { of: object }) => (
  <Answer of={of} inline>
    Saved. It holds from now on.
  </Answer>
);
