import { eq, sql } from "drizzle-orm";

import { localDateOf } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { invoiceLines } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { findStartedAction, startAction } from "#server/domains/ledger/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { closeSheet } from "./close-sheet.ts";
import { openSheet } from "./open-sheet.ts";
import { moveOnBill, openOf, post } from "./sheet.ts";

export type VoidRefusal =
  | Refusal<"already_voided">
  | Refusal<"money_on_it">
  | Refusal<"payment_in_flight">
  | Refusal<"key_reused_with_other_input">;

/**
 * Voids a bill that was issued by mistake: the mirror of its journal, counted as credited. Refuses once anything is
 * paid, credited or in flight: then a credit note is the way. Throws on a bill of another account.
 */
export async function voidInvoice({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { accountId: string; invoiceId: string; reason: string; idempotencyKey: string };
}): Promise<Ok<{ actionId: string }> | VoidRefusal> {
  const { accountId, invoiceId, reason, idempotencyKey } = input;
  authorize(ctx.actor, "invoice.issue", accountId);
  return withTransaction(ctx.db, async (tx) => {
    const sheet = await openSheet(tx, { accountIds: [accountId], invoiceIds: [invoiceId] });
    const bill = sheet.bills.get(invoiceId);
    if (!bill) throw notFound("bill");
    const { currency, zone } = present(sheet.accounts.get(accountId), "a locked account");
    const occurredOn = localDateOf(ctx.now, zone);
    const earlier = await findStartedAction(tx, { idempotencyKey, input: { accountId, invoiceId } });
    if (earlier) return earlier.ok ? ok({ actionId: earlier.action.id }) : earlier;
    if (bill.status === "voided") return refuse("already_voided");
    if (openOf(bill) !== bill.totalMinor) return refuse("money_on_it");
    if (bill.claims.some((claim) => claim.kind === "in_flight" && !claim.released)) return refuse("payment_in_flight");
    const started = await startAction(tx, {
      kind: "void_invoice",
      state: "done",
      accountId,
      amount: money(bill.totalMinor, currency),
      reason,
      makerLoginId: loginIdOf(ctx.actor),
      facts: { bill: bill.number },
      idempotencyKey,
      input: { accountId, invoiceId },
      occurredOn,
    });
    if (!started.ok) return started;
    const actionId = started.action.id;
    const step = { actionId, occurredOn, occurredAt: ctx.now };
    const income = bill.kind === "late_fee" ? ("late_fee_income" as const) : ("revenue" as const);
    const legs = { journal: "invoice_voided" as const, accountId };
    const journal = post(sheet, step, { ...legs, account: income, amountMinor: bill.totalMinor - bill.taxMinor });
    post(sheet, step, { ...legs, account: "tax_payable", amountMinor: bill.taxMinor });
    post(sheet, step, { ...legs, account: "receivable", amountMinor: -bill.totalMinor });
    bill.status = "voided";
    bill.changed = true;
    if (bill.totalMinor > 0n) {
      const source = { paymentId: null, creditId: null, openCreditId: null };
      const to = { invoiceId, accountId, effect: "credited" as const, journal, occurredOn };
      moveOnBill(sheet, { ...source, ...to, amountMinor: bill.totalMinor });
    }
    sheet.timeline.push({ invoiceId, kind: "voided", amountMinor: null, reference: null, occurredAt: ctx.now });
    const all = sql`greatest(${invoiceLines.amountMinor} + ${invoiceLines.taxMinor}, 0)`;
    await tx.update(invoiceLines).set({ creditedMinor: all }).where(eq(invoiceLines.invoiceId, invoiceId));
    await closeSheet(tx, sheet, step);
    return ok({ actionId });
  });
}
