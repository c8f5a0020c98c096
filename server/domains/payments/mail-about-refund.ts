import { money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { invoices, refundBills, type refunds } from "#db/schema/index.ts";
import { type Account, mailAccount } from "#server/domains/accounts/index.ts";
import { mailMoney } from "#server/domains/notifications/index.ts";
import { eq } from "drizzle-orm";

import { pathOf } from "./mail-about.ts";
import { isAtProcessor, type PaymentRow } from "./rows.ts";

type RefundNews = {
  kind: "sent" | "failed";
  refund: typeof refunds.$inferSelect;
  payment: PaymentRow;
  account: Account;
};

/** Keeps the mail that tells what became of a refund, for whoever paid, else for the account. */
export async function mailAboutRefund(tx: Tx, { kind, refund, payment, account }: RefundNews): Promise<void> {
  const { currency, amountMinor, feeMinor, cause, note } = refund;
  const parts = await tx
    .select({ number: invoices.number, amountMinor: refundBills.amountMinor })
    .from(refundBills)
    .innerJoin(invoices, eq(invoices.id, refundBills.invoiceId))
    .where(eq(refundBills.refundId, refund.id))
    .orderBy(invoices.dueOn);
  await mailAccount(tx, {
    ...{ account, doneBy: payment.madeBy, kind: kind === "sent" ? "refund_sent" : "refund_failed" },
    dedupeKey: `refund-${kind}:${refund.id}`,
    data: {
      ...{ paymentPath: pathOf(payment), amount: mailMoney(money(amountMinor + feeMinor, currency)) },
      ...{ accountNumber: account.number, method: payment.methodLabel ?? "your payment method", cause, note },
      ...(isAtProcessor(payment) ? {} : { byHand: true }),
      bills: parts.map((part) => ({ number: part.number, amount: mailMoney(money(part.amountMinor, currency)) })),
    },
  });
}
