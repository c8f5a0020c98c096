import { eq, sql } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { type DbOrTx } from "#db/client.ts";
import { payLinks } from "#db/schema/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { type Bill, type BillLine, getBillById, listLines } from "#server/domains/invoices/index.ts";
import { getPayPlan, type PayPlan } from "#server/domains/payments/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { type Guest } from "./open-pay-link.ts";
import { type PayLink, toLink } from "./ensure-pay-link.ts";
import { findCurrent } from "./rows.ts";
import { stateOf } from "./rules.ts";

/** What a guest sees of the bill: what it asks for and why; not who paid it with what, nor what the account's people said. */
export type GuestBill = Bill & { lines: BillLine[] };

type OfGuest = { guest: Guest; today: LocalDate };

export async function getGuestBill(ctx: Ctx, { guest, today }: OfGuest): Promise<GuestBill> {
  const { accountId, invoiceId } = guest;
  authorize(ctx.actor, "invoice.view", { accountId, invoiceIds: [invoiceId] });
  const [bill, lines] = await Promise.all([
    getBillById(ctx.db, { accountId, invoiceId, today }),
    listLines(ctx.db, invoiceId),
  ]);
  return { ...bill, lines };
}

/** What the pay form offers a guest: this one bill as far as it is asked for, after the open credit that goes first. */
export async function getGuestPlan(ctx: Ctx, { guest, today }: OfGuest): Promise<PayPlan> {
  const { accountId, invoiceId } = guest;
  authorize(ctx.actor, "payment.make", { accountId, invoiceIds: [invoiceId] });
  const plan = await getPayPlan(ctx.db, { accountId, today });
  const bills = plan.bills
    .filter((bill) => bill.invoiceId === invoiceId)
    .map((bill) => ({ ...bill, mostMinor: bill.payableMinor }));
  const sum = (of: "creditMinor" | "payableMinor") =>
    money(
      bills.reduce((total, bill) => total + bill[of], 0n),
      plan.toPayNow.currency,
    );
  return {
    ...{ ...plan, bills, creditUsed: sum("creditMinor"), toPayNow: sum("payableMinor") },
    creditLeft: money(0n, plan.toPayNow.currency),
  };
}

/** Counts an opening of the link's page. It grants and changes nothing else. */
export async function countUse(db: DbOrTx, { linkId }: Guest): Promise<void> {
  await db
    .update(payLinks)
    .set({ useCount: sql`${payLinks.useCount} + 1`, lastUsedAt: sql`now()` })
    .where(eq(payLinks.id, linkId));
}

export type CurrentLink = PayLink & {
  state: "living" | "expired";
  useCount: number;
  lastUsedAt: Date | null;
  createdAt: Date;
};

/** The link of a bill as staff see it; null when there is none, or it was revoked. */
export async function findPayLink(
  ctx: Ctx,
  { accountId, invoiceId, today }: { accountId: string; invoiceId: string; today: LocalDate },
): Promise<CurrentLink | null> {
  authorize(ctx.actor, "pay_link.manage", accountId);
  const row = await findCurrent(ctx.db, invoiceId);
  if (row?.accountId !== accountId) return null;
  const { useCount, lastUsedAt, createdAt } = row;
  const state = stateOf(row, today) === "living" ? "living" : "expired";
  return { ...toLink(ctx, row), state, useCount, lastUsedAt, createdAt };
}
