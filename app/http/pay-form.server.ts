import { z } from "zod";

import { type LocalDate, parseLocalDate } from "#app/contracts/local-date.ts";

import {
  type ShortReason,
  SHORT_NOTE_MAX,
  SHORT_REASON_ASKED,
  SHORT_REASONS,
} from "#app/contracts/messages/short-reasons.ts";
import { type ChoiceFacts, choiceOf, type ChosenPart, NEW_METHOD, readChoice } from "#app/contracts/pay-choice.ts";
import { choiceProblemText } from "#app/contracts/messages/amounts.ts";
import { type PaymentMeans } from "#server/domains/payments/index.ts";

type Values = Readonly<Record<string, string>>;

/** The texts of a pay form; ticked bills, the only field that comes more than once, as one text. */
export function valuesOf(form: FormData): Record<string, string> {
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return { ...Object.fromEntries(texts), bill: form.getAll("bill").map(String).join(" ") };
}

/** What of the form makes it another attempt: what is paid, with which method, for which fee. */
export const keyOf = (values: Values): unknown => [
  ...[values["method"], choiceOf(values), values["fee"]],
  ...(values["when"] === "date" ? [values["on"]] : []),
];

const schema = z.object({
  key: z.uuid(),
  version: z.coerce.number().int(),
  mode: z.enum(["bills", "amount"]),
  method: z.union([z.literal(NEW_METHOD), z.uuid()]),
  token: z.string().max(200).default(""),
  save: z.literal("yes").optional(),
  creditOk: z.literal("yes").optional(),
  fee: z
    .string()
    .regex(/^\d{1,12}$/)
    .default("0")
    .transform(BigInt),
  reason: z
    .enum(Object.keys(SHORT_REASONS) as [ShortReason, ...ShortReason[]])
    .or(z.literal(""))
    .default(""),
  when: z.enum(["now", "date"]).default("now"),
  on: z.string().default(""),
  note: z.string().trim().max(SHORT_NOTE_MAX).default(""),
});

export type PayFormInput = {
  amountMinor: bigint;
  bills: ChosenPart[];
  means: PaymentMeans;
  seenVersion: number;
  creditAllowed: boolean;
  feeSeenMinor: bigint;
  shortReason: string | null;
  shortNote: string | null;
  /** Not now but on this day. */
  payOn: LocalDate | null;
};

type Read = { ok: true; value: PayFormInput } | { ok: false; errors: Record<string, string> };

/** Reads a pay form against what the account offers now: amounts are ours, never the browser's sums. */
export function readPayForm(values: Values, facts: ChoiceFacts): Read {
  const sent = schema.safeParse(values);
  if (!sent.success)
    return { ok: false, errors: { form: "This form was not complete. Choose what to pay and with what." } };
  const { version, method, token, save, creditOk, fee, reason, note, when, on } = sent.data;
  const read = readChoice(choiceOf(values), facts);
  if (!read.ok) {
    const said = Object.entries(read.problems).map(([name, why]) => [name, choiceProblemText(why, facts.locale)]);
    return { ok: false, errors: Object.fromEntries(said) as Record<string, string> };
  }
  if (read.short && reason === "") return { ok: false, errors: { reason: SHORT_REASON_ASKED } };
  const payOn = when === "date" ? parseLocalDate(on) : null;
  if (when === "date" && payOn === null) return { ok: false, errors: { on: "Choose a date." } };
  if (when === "date" && method === NEW_METHOD)
    return { ok: false, errors: { form: "A date needs a saved card or bank account. Choose one, or pay now." } };
  if (method === NEW_METHOD && token === "") return { ok: false, errors: { form: "Enter a card or bank account." } };
  const told = read.short && reason !== "";
  return {
    ok: true,
    value: {
      ...{ amountMinor: read.amount.amountMinor, bills: read.parts, seenVersion: version, feeSeenMinor: fee },
      means:
        method === NEW_METHOD
          ? { kind: "token", confirmationToken: token, save: save === "yes" }
          : { kind: "saved", methodId: method },
      payOn,
      creditAllowed: creditOk === "yes",
      shortReason: told ? reason : null,
      shortNote: told && note !== "" ? note : null,
    },
  };
}
