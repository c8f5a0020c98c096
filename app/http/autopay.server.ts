import { data } from "@remix-run/node";
import { z } from "zod";

import { type LocalDate, parseLocalDate } from "#app/contracts/local-date.ts";
import { amountRefusalText } from "#app/contracts/messages/amounts.ts";
import {
  AMOUNT_KINDS,
  type AmountKind,
  type AutopayProblem,
  autopayProblemText,
  mandateText,
  TERMS_CHANGED,
} from "#app/contracts/messages/autopay.ts";
import { type Money } from "#app/contracts/money.ts";
import { parseAmount } from "#app/contracts/parse-amount.ts";
import { stripHidden } from "#app/contracts/strip-hidden.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import { cancelScheduledPayment, changeScheduledPayment, setUpAutopay } from "#server/domains/autopay/index.ts";
import { getBusiness, getPolicy } from "#server/domains/business/index.ts";
import { listSavedMethods } from "#server/domains/payments/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";

import { redirect } from "./redirect.server.ts";

export type AutopayReply = {
  values: Record<string, string>;
  errors: Record<string, string>;
  draft: { draftId: string; problem: AutopayProblem } | null;
};

export type Wish = { amountKind: AmountKind; fixed: Money | null; daysBeforeDue: number; methodId: string };

type Of = { ctx: Ctx; account: Account; locale: string };

/** What the wish form says, read the same way for the terms and for the agreement to them. */
export function readWish(
  text: (name: string) => string,
  { account, locale }: Pick<Of, "account" | "locale">,
): { ok: true; wish: Wish } | { ok: false; errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  const amountKind = AMOUNT_KINDS.find((kind) => kind === text("amount"));
  if (!amountKind) errors["amount"] = "Choose what is paid.";
  const fixed = amountKind === "fixed" ? parseAmount(text("fixed"), account.currency, locale) : null;
  if (fixed && !fixed.ok) errors["fixed"] = amountRefusalText(fixed, locale);
  const daysBeforeDue = /^\d{1,2}$/.test(text("days")) ? Number(text("days")) : -1;
  if (daysBeforeDue < 0 || daysBeforeDue > 28) errors["days"] = autopayProblemText({ reason: "days_out_of_range" });
  const methodId = text("method");
  if (!z.uuid().safeParse(methodId).success) errors["method"] = "Choose a card or bank account.";
  if (!amountKind || (fixed && !fixed.ok) || Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, wish: { amountKind, fixed: fixed?.value ?? null, daysBeforeDue, methodId } };
}

/** The mandate that this wish would be; null when its method is not there any more. */
export async function mandateFor({ ctx, account, locale }: Of, wish: Wish): Promise<string | null> {
  const [business, methods, { body }] = await Promise.all([
    getBusiness(ctx.db),
    listSavedMethods(ctx.db, { accountId: account.id, now: ctx.now }),
    getPolicy(ctx.db, "autopay"),
  ]);
  const method = methods.find((one) => one.id === wish.methodId && !one.expired);
  if (!method) return null;
  const facts = { ...wish, biller: business.name, accountNumber: account.number, noticeDays: body.noticeDays };
  return mandateText({ ...facts, method: method.label }, locale);
}

const refused = (errors: Record<string, string>, values: Record<string, string> = {}) =>
  data<AutopayReply>({ values, errors, draft: null }, { status: 422 });

/** Agrees to the terms: the mandate that is kept is made from what was sent, as the page that showed it was. */
export async function agree(of: Of, { form, ip }: { form: FormData; ip: string }) {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  const values = Object.fromEntries(["amount", "fixed", "days", "method"].map((name) => [name, text(name)]));
  const read = readWish(text, of);
  if (!read.ok) return refused(read.errors, values);
  const mandate = await mandateFor(of, read.wish);
  if (mandate === null) return refused({ method: autopayProblemText({ reason: "method_gone" }) }, values);
  // What is kept is what was read: anything else would be no mandate.
  if (text("mandate") !== stripHidden(mandate)) return refused({ form: TERMS_CHANGED }, values);
  const { amountKind, fixed, daysBeforeDue, methodId } = read.wish;
  const done = await setUpAutopay({
    ctx: of.ctx,
    input: {
      ...{ accountId: of.account.id, amountKind, daysBeforeDue, methodId, mandateText: mandate, ip },
      fixedMinor: fixed?.amountMinor ?? null,
    },
  });
  if (!done.ok) {
    const field = done.reason === "fixed_amount_unchargeable" ? "fixed" : "form";
    return refused({ [field]: autopayProblemText(done, of.locale) }, values);
  }
  return redirect("/autopay?done=on", 303);
}

const draftSchema = z.object({ draft: z.uuid(), payOn: z.string().default(""), method: z.string().default("") });

/** Cancels or changes one payment that waits for its day. */
export async function changeDraft(
  { ctx, account }: Of,
  { form, intent }: { form: FormData; intent: "cancel" | "change" },
) {
  const sent = draftSchema.safeParse(Object.fromEntries(form));
  if (!sent.success) throw notFound("draft");
  const of = { accountId: account.id, draftId: sent.data.draft };
  const payOn: LocalDate | null = parseLocalDate(sent.data.payOn);
  const methodId = z.uuid().safeParse(sent.data.method);
  const refuse = (problem: AutopayProblem) =>
    data<AutopayReply>({ values: {}, errors: {}, draft: { draftId: of.draftId, problem } }, { status: 422 });
  if (intent === "cancel") {
    const done = await cancelScheduledPayment({ ctx, input: of });
    return done.ok ? redirect("/autopay?done=cancel", 303) : refuse(done);
  }
  if (!methodId.success) return refuse({ reason: "method_gone" });
  // A day nobody can read is a day out of range: the sentence names the days there are.
  const input = { ...of, payOn: payOn ?? ("0000-01-01" as LocalDate), methodId: methodId.data };
  const done = await changeScheduledPayment({ ctx, input });
  return done.ok ? redirect("/autopay?done=change", 303) : refuse(done);
}
