import { type LocalDate } from "#app/contracts/local-date.ts";
import { payDateText, payRefusalText } from "#app/contracts/messages/pay.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import { schedulePayment } from "#server/domains/autopay/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { type PayFormInput } from "./pay-form.server.ts";
import { payRefusalFacts, payRefused } from "./pay-reply.server.ts";
import { redirect } from "./redirect.server.ts";

type Wish = {
  values: Record<string, string>;
  idempotencyKey: string;
  account: Account;
  locale: string;
  payOn: LocalDate;
  wish: Omit<PayFormInput, "payOn">;
};

/** Keeps what the pay form asks for until its day; a date never makes credit. */
export async function payOnDate(ctx: Ctx, { values, idempotencyKey, account, locale, payOn, wish }: Wish) {
  const { amountMinor, bills, means, seenVersion } = wish;
  const { currency, id: accountId } = account;
  const onBills = bills.reduce((sum, bill) => sum + bill.amountMinor, 0n);
  if (onBills !== amountMinor) return payRefused(values, { form: payDateText({ reason: "credit_on_date" }, locale) });
  const methodId = means.kind === "saved" ? means.methodId : "";
  const kept = await schedulePayment({
    ctx,
    input: { accountId, bills, payOn, methodId, seenVersion, idempotencyKey: `date:${idempotencyKey}` },
  });
  if (kept.ok) return redirect(`/pay?kept=${payOn}`, 303);
  if (kept.reason === "date_out_of_range") return payRefused(values, { on: payDateText(kept, locale) });
  return payRefused(values, { form: payRefusalText(payRefusalFacts(kept, { amountMinor, currency }), locale) });
}
