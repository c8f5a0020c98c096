import { Form } from "@remix-run/react";
import { useState } from "react";

import type { PLAN_POLICY_DAYS } from "#app/contracts/forms/plan-policy.ts";
import { type Currency } from "#app/contracts/currency.ts";
import { money, toDecimal } from "#app/contracts/money.ts";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { MoneyInput } from "#app/ui/money-input.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import type { Policy } from "#server/domains/business/index.ts";

import { type PolicyAnswer, SaveLine } from "./policy-frame.tsx";

export type PlanPolicyFormProps = PolicyAnswer & {
  policy: Policy<"plans">;
  version: number;
  currency: Currency;
};

const LABELS: Record<keyof typeof PLAN_POLICY_DAYS, string> = {
  leastInstalments: "Fewest instalments",
  mostInstalments: "Most instalments",
  mostDays: "Longest plan, in days",
  firstWithinDays: "First instalment within days",
  graceDays: "Days of grace for a missed one",
  missedAllowed: "Missed ones that move to the end",
  answerWithinDays: "An offer stands for days",
  repMostInstalments: "Most instalments a rep may agree to",
  promiseWithinDays: "A promise at most days out",
};

/** The bounds of payment plans and promises: what is outside of them nobody can offer, propose or counter. */
export function PlanPolicyForm({ policy, version, currency, typed, errors, saved }: PlanPolicyFormProps) {
  const [seenVersion] = useState(version);
  const decimal = (minor: bigint | null) => (minor === null ? "" : toDecimal(money(minor, currency)));
  const names = Object.keys(LABELS) as (keyof typeof LABELS)[];
  return (
    <Form method="post" className="grid gap-4">
      <ErrorSummary errors={errors} />
      <input type="hidden" name="policy" value="plans" />
      <input type="hidden" name="version" value={seenVersion} />
      <div className="grid max-w-3xl items-start gap-3 sm:grid-cols-3">
        {names.map((name) => (
          <Field key={name} name={name} id={`f-plans-${name}`} label={LABELS[name]} error={errors[name]}>
            <TextInput inputMode="numeric" maxLength={4} defaultValue={typed?.[name] ?? policy[name]} />
          </Field>
        ))}
        <Field
          name="leastDown"
          id="f-plans-leastDown"
          label="Least share at once, in percent"
          error={errors["leastDown"]}
        >
          <TextInput inputMode="decimal" defaultValue={typed?.["leastDown"] ?? policy.leastDownBasisPoints / 100} />
        </Field>
        <Field name="leastInstalment" id="f-plans-least" label="Smallest instalment" error={errors["leastInstalment"]}>
          <MoneyInput
            currency={currency}
            defaultValue={typed?.["leastInstalment"] ?? decimal(policy.leastInstalmentMinor)}
          />
        </Field>
        <Field
          name="repMostTotal"
          id="f-plans-total"
          label="Most a rep may agree to"
          hint="Empty is no limit."
          error={errors["repMostTotal"]}
          optional
        >
          <MoneyInput currency={currency} defaultValue={typed?.["repMostTotal"] ?? decimal(policy.repMostTotalMinor)} />
        </Field>
      </div>
      <SaveLine id="plans" saved={saved} error={errors["reason"]} value={typed?.["reason"]}>
        Save plan policy
      </SaveLine>
    </Form>
  );
}
