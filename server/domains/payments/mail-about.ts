import { eq } from "drizzle-orm";

import { encodeId } from "#app/contracts/ids.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { PAYMENT_FAILURES } from "#app/contracts/messages/payments.ts";
import { type Tx } from "#db/client.ts";
import { allocations, invoices, openCredits } from "#db/schema/index.ts";
import { type Account, mailAccount } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { mailMoney } from "#server/domains/notifications/index.ts";
import { unsignedPayPath } from "#server/platform/pay-link-path.ts";
import { type FailureCode } from "#server/platform/processor.ts";

import { findPaidOffPlan } from "./find-paid-off-plan.ts";
import { type PaymentRow } from "./rows.ts";

export type PaymentNews = { payment: PaymentRow; account: Account } & (
  | { kind: "receipt" }
  | { kind: "processing"; expectedOn: LocalDate }
  | { kind: "returned" }
  | { kind: "failed"; failure: FailureCode }
);

/** Keeps the mail that tells what became of a payment, for whoever paid, else for the account. */
export async function mailAbout(tx: Tx, news: PaymentNews): Promise<void> {
  const { payment, account } = news;
  const amount = mailMoney(money(payment.amountMinor + payment.feeMinor, payment.currency));
  const common = {
    ...{ paymentPath: pathOf(payment), amount, accountNumber: account.number },
    method: payment.methodLabel ?? "your payment method",
  };
  const of = { account, doneBy: payment.madeBy, dedupeKey: `payment-${news.kind}:${payment.id}` };
  switch (news.kind) {
    case "receipt": {
      const paidOn = payment.settledOn ?? todayIn(account.zone, payment.requestedAt);
      const fee = payment.feeMinor > 0n ? mailMoney(money(payment.feeMinor, payment.currency)) : null;
      const paysOffPlan = await findPaidOffPlan(tx, payment.id);
      const data = { ...common, paidOn, fee, paysOffPlan, ...(await partsOf(tx, payment)) };
      return mailAccount(tx, { ...of, kind: "receipt", data });
    }
    case "processing":
      return mailAccount(tx, { ...of, kind: "payment_processing", data: { ...common, expectedOn: news.expectedOn } });
    case "returned":
      return mailAccount(tx, { ...of, kind: "payment_returned", data: common });
    case "failed":
      return mailAccount(tx, {
        ...of,
        kind: "payment_failed",
        data: { ...common, why: PAYMENT_FAILURES[news.failure] },
      });
  }
}

/** Whoever paid without an account sees the payment through the same link. */
export function pathOf({ id, payLinkId }: PaymentRow): string {
  const payment = encodeId("payment", id);
  return payLinkId === null ? `/payments/${payment}` : unsignedPayPath(payLinkId, `/paid/${payment}`);
}

async function partsOf(tx: Tx, payment: PaymentRow) {
  const { currency } = payment;
  const parts = await tx
    .select({ number: invoices.number, paidMinor: allocations.amountMinor, openMinor: invoices.openMinor })
    .from(allocations)
    .innerJoin(invoices, eq(invoices.id, allocations.invoiceId))
    .where(eq(allocations.paymentId, payment.id));
  const [credit] = await tx
    .select({ leftMinor: openCredits.leftMinor })
    .from(openCredits)
    .where(eq(openCredits.sourceId, payment.id));
  return {
    bills: parts.map(({ number, paidMinor, openMinor }) => ({
      ...{ number, paid: mailMoney(money(paidMinor, currency)), left: mailMoney(money(openMinor, currency)) },
    })),
    unapplied: credit && credit.leftMinor > 0n ? mailMoney(money(credit.leftMinor, currency)) : null,
  };
}
