import { encodeId } from "#app/contracts/ids.ts";
import { localDateOf } from "#app/contracts/local-date.ts";
import { RECEIPT_WORDS } from "#app/contracts/messages/receipts.ts";
import { isZero } from "#app/contracts/money.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import { getBusiness, todayIn } from "#server/domains/business/index.ts";
import { type PaymentDetail } from "#server/domains/payments/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";
import type { ReceiptData } from "#server/documents/index.ts";

import { documentFrame } from "./bill-document.server.ts";

type Asked = { account: Account; payment: PaymentDetail; locale: string };

/** A payment as its receipt needs it. Throws not_found for one whose money has not come: it has no receipt (C9). */
export async function readReceiptDocument(ctx: Ctx, { account, payment, locale }: Asked): Promise<ReceiptData> {
  if (payment.state !== "settled") throw notFound("receipt");
  const today = todayIn(account.zone, ctx.now);
  const words = isZero(payment.takenBack) ? RECEIPT_WORDS.settled : RECEIPT_WORDS.taken_back;
  return {
    ...(await documentFrame(ctx, { business: await getBusiness(ctx.db), account, locale, today })),
    number: encodeId("payment", payment.id),
    amount: payment.amount,
    state: words.state,
    sentence: words.sentence,
    paidOn: payment.settledOn ?? localDateOf(payment.requestedAt, account.zone),
    method: payment.methodLabel ?? RECEIPT_WORDS.method,
    fee: isZero(payment.fee) ? null : payment.fee,
    bills: payment.parts.map(({ number, paid, open: left }) => ({ number, paid, left })),
    toCredit: isZero(payment.credit) ? null : payment.credit,
    sentBack: payment.refunds
      .filter((refund) => refund.state !== "failed")
      .map(({ occurredOn: on, amount }) => ({ on, amount })),
  };
}
