import { z } from "zod";

import { type Currency } from "../currency.ts";
import { amountRefusalText } from "../messages/amounts.ts";
import { CLOCK_KINDS, POLICY_TEXTS as TEXTS } from "../messages/policies.ts";
import { parseAmount } from "../parse-amount.ts";
import { requiredText, version } from "./fields.ts";

export const saved = { reason: requiredText(300, { needed: TEXTS.reason, tooLong: TEXTS.tooLong }), version };

/** An amount of a policy in minor units: empty is null, and 0 is allowed. */
export const policyAmount = (currency: Currency, locale: string) =>
  z
    .string()
    .default("")
    .transform((text, ctx) => {
      const read = parseAmount(text, currency, locale);
      if (read.ok) return read.value.amountMinor;
      if (read.reason === "empty") return null;
      if (read.reason === "zero") return 0n;
      ctx.addIssue({ code: "custom", message: amountRefusalText(read, locale) });
      return z.NEVER;
    });

export type Reader = { currency: Currency; locale: string };

export function creditLimitsForm({ currency, locale }: Reader) {
  const amount = policyAmount(currency, locale);
  const limit = (perActionMinor: bigint | null, perDayMinor: bigint | null) => ({ perActionMinor, perDayMinor });
  return z
    .object({
      ...{ "rep.action": amount, "rep.day": amount, "supervisor.action": amount, "supervisor.day": amount },
      ...{ "admin.action": amount, "admin.day": amount },
      ...saved,
    })
    .transform((form) => ({
      ...{ kind: "credit_limits" as const, reason: form.reason, expectedVersion: form.version },
      body: {
        rep: limit(form["rep.action"], form["rep.day"]),
        supervisor: limit(form["supervisor.action"], form["supervisor.day"]),
        admin: limit(form["admin.action"], form["admin.day"]),
      },
    }));
}

export const days = (least: number, most: number) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,3}$/, { error: TEXTS.days })
    .transform(Number)
    .refine((count) => count >= least && count <= most, {
      error: `Enter a number of days from ${String(least)} to ${String(most)}.`,
    });

/** One clock: of every dispute, or of one reason. Removing one of a reason gives it the clock of every dispute again. */
export const disputeClockForm = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("save_clock"),
    clock: z.enum(CLOCK_KINDS),
    label: requiredText(120, { needed: TEXTS.label, tooLong: TEXTS.tooLong }),
    acknowledge: days(0, 365),
    resolve: days(1, 730),
    appeal: days(0, 365),
    businessDays: z.literal("yes").optional(),
    ...saved,
  }),
  z.object({ intent: z.literal("remove_clock"), clock: z.enum(CLOCK_KINDS).exclude(["default"]), ...saved }),
]);

/** "2.9" percent as hundredths of a percent; empty is none. */
export const percent = z
  .string()
  .default("")
  .transform((text) => text.trim().replace(/%$/, "").trim())
  .refine((text) => /^(\d{1,2}(\.\d{1,2})?)?$/.test(text), { error: TEXTS.percent })
  .transform((text) => {
    const [whole = "", part = ""] = text.split(".");
    return Number(whole) * 100 + Number(part.padEnd(2, "0"));
  })
  .refine((basisPoints) => basisPoints <= 1_000, { error: TEXTS.percent });

export function paymentPolicyForm({ currency, locale }: Reader) {
  const amount = policyAmount(currency, locale).transform((minor) => minor ?? 0n);
  return z
    .object({
      minimum: amount,
      chargebackLost: z.enum(["collect_again", "write_off"], { error: TEXTS.chargebackLost }),
      ...{ "card.percent": percent, "card.fixed": amount, "bank_debit.percent": percent, "bank_debit.fixed": amount },
      ...saved,
    })
    .transform((form) => ({
      ...{ kind: "payment" as const, reason: form.reason, expectedVersion: form.version },
      body: {
        minimumMinor: form.minimum,
        chargebackLost: form.chargebackLost,
        convenienceFee: {
          card: { basisPoints: form["card.percent"], fixedMinor: form["card.fixed"] },
          bank_debit: { basisPoints: form["bank_debit.percent"], fixedMinor: form["bank_debit.fixed"] },
        },
      },
    }));
}

export const payLinksPolicyForm = z
  .object({ daysPastDue: days(0, 365), mostDays: days(1, 365), lookup: z.enum(["mail", "show"]), ...saved })
  .transform(({ reason, version: expectedVersion, ...body }) => ({
    ...{ kind: "pay_links" as const, body, reason, expectedVersion },
  }));

export const autopayPolicyForm = z
  .object({ noticeDays: days(1, 28), scheduleAtMostDays: days(1, 180), ...saved })
  .transform(({ reason, version: expectedVersion, ...body }) => ({
    ...{ kind: "autopay" as const, body, reason, expectedVersion },
  }));

export function lateFeePolicyForm({ currency, locale }: Reader) {
  const amount = policyAmount(currency, locale);
  return z
    .object({
      ...{ enabled: z.enum(["on", "off"]), percent, fixed: amount, most: amount, leastLate: amount },
      ...{ graceDays: days(0, 90), repeat: z.enum(["once", "monthly"]), ...saved },
    })
    .transform((form) => ({
      ...{ kind: "late_fee" as const, reason: form.reason, expectedVersion: form.version },
      body: {
        ...{ enabled: form.enabled === "on", basisPoints: form.percent, fixedMinor: form.fixed ?? 0n },
        ...{ mostMinor: form.most, leastLateMinor: form.leastLate ?? 0n },
        ...{ graceDays: form.graceDays, repeat: form.repeat },
      },
    }));
}

/** "-3, 1, 14": days from the due date. */
const offsets = z
  .string()
  .default("")
  .transform((text) => text.split(/[\s,;]+/).filter((part) => part !== ""))
  .refine((parts) => parts.length <= 12 && parts.every((part) => /^[-−]?\d{1,3}$/.test(part)), { error: TEXTS.offsets })
  .transform((parts) => [...new Set(parts.map((part) => Number(part.replace("−", "-"))))].sort((a, b) => a - b))
  .refine((numbers) => numbers.every((day) => day >= -60 && day <= 365), { error: TEXTS.offsets });

export const remindersPolicyForm = z
  .object({ enabled: z.enum(["on", "off"]), days: offsets, ...saved })
  .transform((form) => ({
    ...{ kind: "reminders" as const, reason: form.reason, expectedVersion: form.version },
    body: { enabled: form.enabled === "on", days: form.days },
  }));

/** Which of the page's forms came. */
export const policyName = z.enum([
  ...["credit_limits", "dispute_clock", "payment", "pay_links"],
  ...["autopay", "plans", "late_fee", "reminders"],
] as const);
