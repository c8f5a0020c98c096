import { Form } from "@remix-run/react";
import { type ReactNode, useState } from "react";

import { type Currency } from "#app/contracts/currency.ts";
import { money, toDecimal } from "#app/contracts/money.ts";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { MoneyInput } from "#app/ui/money-input.tsx";
import { Select } from "#app/ui/select.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import type { Policy, PolicyKind } from "#server/domains/business/index.ts";

import { type PolicyAnswer, SaveLine } from "./policy-frame.tsx";

type FormFacts<K extends PolicyKind> = PolicyAnswer & { policy: Policy<K>; version: number };

type FrameProps = { kind: PolicyKind; save: string; facts: Omit<FormFacts<PolicyKind>, "policy">; children: ReactNode };

function Frame({ kind, save, facts: { version, typed, errors, saved }, children }: FrameProps) {
  const [seenVersion] = useState(version);
  return (
    <Form method="post" className="grid gap-4">
      <ErrorSummary errors={errors} />
      <input type="hidden" name="policy" value={kind} />
      <input type="hidden" name="version" value={seenVersion} />
      <div className="grid max-w-3xl items-start gap-3 sm:grid-cols-3">{children}</div>
      <SaveLine id={kind} saved={saved} error={errors["reason"]} value={typed?.["reason"]}>
        {save}
      </SaveLine>
    </Form>
  );
}

const OnOff = ({ name, on, typed }: { name: string; on: boolean; typed: string | undefined }) => (
  <Field name="enabled" id={`f-${name}-enabled`} label="Is it on?">
    <Select defaultValue={typed ?? (on ? "on" : "off")}>
      <option value="on">On</option>
      <option value="off">Off</option>
    </Select>
  </Field>
);

/** How long before a draft its notice goes out, and how far out a payment may be put. */
export function AutopayPolicyForm(props: FormFacts<"autopay">) {
  const { policy, typed, errors } = props;
  return (
    <Frame kind="autopay" save="Save autopay policy" facts={props}>
      <Field
        name="noticeDays"
        label="Notice, in days"
        hint="12 CFR 1005.10(d) says ten where amounts vary."
        error={errors["noticeDays"]}
      >
        <TextInput inputMode="numeric" maxLength={2} defaultValue={typed?.["noticeDays"] ?? policy.noticeDays} />
      </Field>
      <Field
        name="scheduleAtMostDays"
        label="A date at most, in days"
        hint="How far out a customer may put a payment."
        error={errors["scheduleAtMostDays"]}
      >
        <TextInput
          inputMode="numeric"
          maxLength={3}
          defaultValue={typed?.["scheduleAtMostDays"] ?? policy.scheduleAtMostDays}
        />
      </Field>
    </Frame>
  );
}

/** Late fees are off until the biller turns them on; they never fall on what is in dispute, on a plan or on its way. */
export function LateFeePolicyForm(props: FormFacts<"late_fee"> & { currency: Currency }) {
  const { policy, typed, errors, currency } = props;
  const decimal = (minor: bigint | null) => (minor === null ? "" : toDecimal(money(minor, currency)));
  const amount = (name: "fixed" | "most" | "leastLate", label: string, minor: bigint | null, hint?: string) => (
    <Field name={name} id={`f-late-${name}`} label={label} hint={hint} error={errors[name]} optional>
      <MoneyInput currency={currency} defaultValue={typed?.[name] ?? decimal(minor)} />
    </Field>
  );
  return (
    <Frame kind="late_fee" save="Save late fee policy" facts={props}>
      <OnOff name="late" on={policy.enabled} typed={typed?.["enabled"]} />
      <Field name="percent" id="f-late-percent" label="Percent of what is late" error={errors["percent"]} optional>
        <TextInput inputMode="decimal" defaultValue={typed?.["percent"] ?? String(policy.basisPoints / 100)} />
      </Field>
      {amount("fixed", "And a fixed part", policy.fixedMinor)}
      {amount("most", "At most", policy.mostMinor, "Empty is no limit.")}
      {amount("leastLate", "None below", policy.leastLateMinor)}
      <Field
        name="graceDays"
        label="Days of grace"
        hint="They begin anew for what a dispute or a plan gives back."
        error={errors["graceDays"]}
      >
        <TextInput inputMode="numeric" maxLength={2} defaultValue={typed?.["graceDays"] ?? policy.graceDays} />
      </Field>
      <Field name="repeat" label="How often" hint="Once: what was charged for is not charged for again.">
        <Select defaultValue={typed?.["repeat"] ?? policy.repeat}>
          <option value="once">Once on what is late</option>
          <option value="monthly">Every 30 days</option>
        </Select>
      </Field>
    </Frame>
  );
}

/** When a bill is reminded of. */
export function RemindersPolicyForm(props: FormFacts<"reminders">) {
  const { policy, typed, errors } = props;
  return (
    <Frame kind="reminders" save="Save reminder policy" facts={props}>
      <OnOff name="reminders" on={policy.enabled} typed={typed?.["enabled"]} />
      <Field
        name="days"
        label="Days from the due date"
        hint="Below zero is before it. Nothing in dispute, on a plan or promised is reminded of."
        error={errors["days"]}
      >
        <TextInput defaultValue={typed?.["days"] ?? policy.days.join(", ")} />
      </Field>
    </Frame>
  );
}
