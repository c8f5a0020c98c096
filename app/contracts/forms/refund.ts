import { z } from "zod";

import { parseLocalDate } from "../local-date.ts";
import { BY_HAND_TEXTS as TEXTS } from "../messages/by-hand.ts";
import { REFUND_CAUSES } from "../messages/refunds.ts";
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
