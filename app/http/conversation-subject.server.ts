import { decodeId } from "#app/contracts/ids.ts";
import { formatMoney } from "#app/contracts/money.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { type Subject } from "#server/domains/conversations/index.ts";
import { getBill } from "#server/domains/invoices/index.ts";
import { getPayment } from "#server/domains/payments/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";

export type AboutFacts = { subject: Subject; title: string; about: string };

const BILL = /^bill:(.{1,60})$/;
const PAYMENT = /^payment:(pay_.{1,60})$/;

/**
 * What `?about=` speaks of: `bill:INV-10423` is that bill of the account, `payment:pay_…` that payment, anything else a
 * general question. Throws not_found for a bill or payment that is not theirs.
 */
export async function readAbout(ctx: Ctx, account: Account, about: string): Promise<AboutFacts> {
  const paid = PAYMENT.exec(about)?.[1];
  if (paid !== undefined) return aboutPayment(ctx, { account, id: paid });
  const number = BILL.exec(about)?.[1];
  if (number === undefined) return { subject: { subject: "general" }, title: "General question", about: "" };
  const bill = await getBill(ctx.db, { accountId: account.id, number, today: todayIn(account.zone, ctx.now) });
  return { subject: { subject: "bill", subjectId: bill.id }, title: `Bill ${bill.number}`, about };
}

async function aboutPayment(ctx: Ctx, { account, id }: { account: Account; id: string }): Promise<AboutFacts> {
  const subjectId = decodeId("payment", id);
  const payment = subjectId === null ? null : await getPayment(ctx.db, subjectId);
  if (subjectId === null || payment?.accountId !== account.id) throw notFound("payment");
  const title = `Payment of ${formatMoney(payment.amount)}`;
  return { subject: { subject: "payment", subjectId }, title, about: `payment:${id}` };
}
