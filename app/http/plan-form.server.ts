import { z } from "zod";

import { type Currency } from "#app/contracts/currency.ts";
import { type LocalDate, parseLocalDate } from "#app/contracts/local-date.ts";
import { amountRefusalText } from "#app/contracts/messages/amounts.ts";
import { type PlanRefusalFacts, planRefusalText } from "#app/contracts/messages/plans.ts";
import { money } from "#app/contracts/money.ts";
import { parseAmount } from "#app/contracts/parse-amount.ts";
import {
  type AcceptRefusal,
  type ApproveRefusal,
  type OfferRefusal,
  type PromiseRefusal,
  type ProposeRefusal,
  type WishRefusal,
} from "#server/domains/plans/index.ts";
import { type Refusal } from "#server/platform/result.ts";

export type PlanFormValues = {
  bills: string[];
  instalments: string;
  every: string;
  first: string;
  down: string;
  method: string;
  note: string;
};

/** The texts of a form of terms; ticked bills come more than once. */
export const planValuesOf = (form: FormData): PlanFormValues => {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  return {
    bills: form.getAll("bills").map(String),
    ...{ instalments: text("instalments"), every: text("every"), first: text("first"), down: text("down") },
    ...{ method: text("method"), note: text("note").slice(0, 500) },
  };
};

const everyOf = z.enum(["week", "two_weeks", "month"]);

type Reader = { accountId: string; currency: Currency; locale: string };
export type ReadWish = {
  accountId: string;
  invoiceIds: string[];
  downMinor: bigint;
  instalments: number;
  every: "week" | "two_weeks" | "month";
  firstOn: LocalDate;
};

/** Reads terms as somebody typed them; a sentence per field where they cannot be read. */
export function readWish(
  values: PlanFormValues,
  { accountId, currency, locale }: Reader,
): { ok: true; wish: ReadWish } | { ok: false; errors: Record<string, string> } {
  const firstOn = parseLocalDate(values.first);
  if (firstOn === null) return { ok: false, errors: { first: "Choose the day of the first instalment." } };
  const every = everyOf.safeParse(values.every);
  const instalments = Number(values.instalments);
  if (!every.success || !/^\d{1,3}$/.test(values.instalments)) {
    return { ok: false, errors: { instalments: "Choose how many instalments." } };
  }
  const ids = z.array(z.uuid()).max(200).safeParse(values.bills);
  if (!ids.success || ids.data.length === 0) return { ok: false, errors: { bills: "Choose at least one bill." } };
  let downMinor = 0n;
  if (values.down.trim() !== "" && !/^0*([.,]0*)?$/.test(values.down.trim())) {
    const parsed = parseAmount(values.down, currency, locale);
    if (!parsed.ok) return { ok: false, errors: { down: amountRefusalText(parsed, locale) } };
    downMinor = parsed.value.amountMinor;
  }
  return { ok: true, wish: { accountId, invoiceIds: ids.data, downMinor, instalments, every: every.data, firstOn } };
}

type AnyRefusal =
  | WishRefusal
  | ProposeRefusal
  | OfferRefusal
  | AcceptRefusal
  | ApproveRefusal
  | PromiseRefusal
  | Refusal<"not_running" | "reason_needed">;

/** The sentence for a refused plan under the field it is about. */
export function planProblem(
  refusal: AnyRefusal,
  { currency, locale }: { currency: Currency; locale: string },
): Record<string, string> {
  const { field, text } = planRefusalText(factsOf(refusal, currency), locale);
  return { [field]: text };
}

function factsOf(refusal: AnyRefusal, currency: Currency): PlanRefusalFacts {
  const of = (minor: bigint) => money(minor, currency);
  switch (refusal.reason) {
    case "down_too_small":
      return { reason: refusal.reason, least: of(refusal.leastMinor) };
    case "down_too_large":
      return { reason: refusal.reason, most: of(refusal.mostMinor) };
    case "off_grid":
      return { reason: refusal.reason, step: of(refusal.stepMinor) };
    case "instalment_too_small":
      return { reason: refusal.reason, least: of(refusal.leastMinor), most: refusal.most };
    case "above_own_bound": {
      const { reason, mostInstalments, mostTotalMinor, people } = refusal;
      return { reason, mostInstalments, people, mostTotal: mostTotalMinor === null ? null : of(mostTotalMinor) };
    }
    case "account_changed":
      return { reason: refusal.reason };
    default:
      return refusal;
  }
}
