import { Form } from "@remix-run/react";
import { useState } from "react";

import { type Currency } from "#app/contracts/currency.ts";
import { LIMIT_ROLES, POLICY_TEXTS } from "#app/contracts/messages/policies.ts";
import { ROLE_NAMES } from "#app/contracts/messages/staff.ts";
import { money, toDecimal } from "#app/contracts/money.ts";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { MoneyInput } from "#app/ui/money-input.tsx";
import type { Policy } from "#server/domains/business/index.ts";

import { type PolicyAnswer, SaveLine } from "./policy-frame.tsx";

export type LimitsFormProps = PolicyAnswer & {
  limits: Policy<"credit_limits">;
  version: number;
  currency: Currency;
};

/** What each role may give away, by one credit or refund and in one day. */
export function LimitsForm({ limits, version, currency, typed, errors, saved }: LimitsFormProps) {
  const [seenVersion] = useState(version);
  const textOf = (minor: bigint | null) => (minor === null ? "" : toDecimal(money(minor, currency)));
  const cell = ({ name, label, minor }: { name: string; label: string; minor: bigint | null }) => (
    <Field name={name} label={label} hideLabel error={errors[name]} optional>
      <MoneyInput currency={currency} defaultValue={typed?.[name] ?? textOf(minor)} placeholder="No limit" />
    </Field>
  );
  return (
    <Form method="post" className="grid gap-4">
      <ErrorSummary errors={errors} />
      <input type="hidden" name="policy" value="credit_limits" />
      <input type="hidden" name="version" value={seenVersion} />
      <table className="ui-table max-w-xl table-fixed">
        <caption className="sr-only">Credit limits by role</caption>
        <thead>
          <tr>
            <th scope="col" className="w-24">
              Role
            </th>
            <th scope="col">One credit or refund</th>
            <th scope="col">One day</th>
          </tr>
        </thead>
        <tbody>
          {LIMIT_ROLES.map((role) => (
            <tr key={role}>
              <td className="font-medium">{ROLE_NAMES[role]}</td>
              <td>
                {cell({
                  name: `${role}.action`,
                  label: `${ROLE_NAMES[role]}, one credit`,
                  minor: limits[role].perActionMinor,
                })}
              </td>
              <td>
                {cell({ name: `${role}.day`, label: `${ROLE_NAMES[role]}, one day`, minor: limits[role].perDayMinor })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="text-ink-2">
        {POLICY_TEXTS.limitHint} Refunds count like credits. Above a limit, the refusal names the role that can.
      </p>
      <SaveLine id="limits" saved={saved} error={errors["reason"]} value={typed?.["reason"]}>
        Save credit limits
      </SaveLine>
    </Form>
  );
}
