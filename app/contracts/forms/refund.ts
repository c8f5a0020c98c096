import { z } from "zod";

import { type Currency } from "../currency.ts";
import { parseLocalDate } from "../local-date.ts";
import { BY_HAND_TEXTS as TEXTS } from "../messages/by-hand.ts";
import { REFUND_CAUSES } from "../messages/refunds.ts";
import { money, type Money } from "../money.ts";
import { type AmountRefusal, parseAmount } from "../parse-amount.ts";
import { optionalText, requiredText, version } from "./fields.ts";

/** One per attempt: pressing twice and going back send the same. */
const key = z.guid();

/** A day as a date field sends it. */
export const dayField = z.string({ error: TEXTS.day }).transform((text, ctx) => {
  const day = parseLocalDate(text);
  if (day !== null) return day;
  ctx.addIssue({ code: "custom", message: TEXTS.day });
  return z.NEVER;
});

/** What goes back is read from `amount` (overpaid) or `part.<bill>` by readRefund. */
export const refundForm = z.object({
  intent: z.literal("refund"),
  key,
  version,
  cause: z.enum(REFUND_CAUSES, { error: TEXTS.cause }),
  feeBack: z.literal("yes").optional(),
  note: optionalText(500, TEXTS.tooLong),
  /** The conversation's number, where it is given from one. */
  conversation: optionalText(40, TEXTS.tooLong),
});

export const bounceForm = z.object({
  intent: z.literal("bounce"),
  key,
  bouncedOn: dayField,
  reason: requiredText(200, { needed: TEXTS.bounceReason, tooLong: TEXTS.tooLong }),
});

export const paymentForm = z.discriminatedUnion("intent", [refundForm, bounceForm]);

export const recordForm = z.object({
  key,
  kind: z.enum(["check", "cash", "transfer"], { error: TEXTS.kind }),
  receivedOn: dayField,
  reference: optionalText(60, TEXTS.tooLong),
});

export const depositForm = z.object({
  key,
  "payment[]": z.array(z.guid()).or(z.guid().transform((one) => [one])),
  depositedOn: dayField,
  reference: optionalText(60, TEXTS.tooLong),
});

export const parkedForm = z.object({
  event: z.string().min(1).max(120),
  how: z.enum(["again", "seen"]),
  reason: optionalText(300, TEXTS.tooLong),
});

/** The name of the field that holds what goes back of a bill. */
export const refundField = (invoiceId: string): string => `part.${invoiceId}`;

export type ReadRefund =
  | { ok: true; amount: Money; perBill: { invoiceId: string; amountMinor: bigint }[] | null }
  | { ok: false; problems: Record<string, AmountRefusal> };

type Offer = { bills: readonly { invoiceId: string }[]; currency: Currency; locale: string };

/**
 * What goes back, as it was typed: one amount of what was overpaid, else an amount per bill, empty ones left out. The
 * page and the server read it with this one function; nothing typed at all is an amount of 0.
 */
export function readRefund(values: Readonly<Record<string, string>>, { bills, currency, locale }: Offer): ReadRefund {
  if (values["cause"] === "overpaid") {
    const read = parseAmount(values["amount"] ?? "", currency, locale);
    return read.ok ? { ok: true, amount: read.value, perBill: null } : { ok: false, problems: { amount: read } };
  }
  const problems: Record<string, AmountRefusal> = {};
  const perBill: { invoiceId: string; amountMinor: bigint }[] = [];
  for (const { invoiceId } of bills) {
    const field = refundField(invoiceId);
    const read = parseAmount(values[field] ?? "", currency, locale);
    if (read.ok) perBill.push({ invoiceId, amountMinor: read.value.amountMinor });
    else if (read.reason !== "empty" && read.reason !== "zero") problems[field] = read;
  }
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  const sum = perBill.reduce((total, part) => total + part.amountMinor, 0n);
  return { ok: true, amount: money(sum, currency), perBill };
}
