import { type Account } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { type Subject } from "#server/domains/conversations/index.ts";
import { getBill } from "#server/domains/invoices/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

export type AboutFacts = { subject: Subject; title: string; about: string };

const BILL = /^bill:(.{1,60})$/;

/**
 * What `?about=` speaks of: `bill:INV-10423` is that bill of the account, anything else a general question. Throws
 * not_found for a bill that is not theirs.
 */
export async function readAbout(ctx: Ctx, account: Account, about: string): Promise<AboutFacts> {
  const number = BILL.exec(about)?.[1];
  if (number === undefined) return { subject: { subject: "general" }, title: "General question", about: "" };
  const bill = await getBill(ctx.db, { accountId: account.id, number, today: todayIn(account.zone, ctx.now) });
  return { subject: { subject: "bill", subjectId: bill.id }, title: `Bill ${bill.number}`, about };
}
