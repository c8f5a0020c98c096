import { chargeStep } from "#app/contracts/chargeable.ts";
import { minBigint } from "#app/contracts/money.ts";
import { type RefundCause, type RefundState } from "#db/schema/index.ts";
import { type PaymentStanding } from "#server/domains/invoices/index.ts";
import { type Refusal, refuse } from "#server/platform/result.ts";

import { isAtProcessor, type PaymentRow } from "./rows.ts";

const NEXT: Record<RefundState, readonly RefundState[]> = {
  requested: ["pending", "succeeded", "failed"],
  pending: ["succeeded", "failed"],
  // A card's bank may send it back days after it was reported as done.
  succeeded: ["failed"],
  failed: [],
};

/** Whether a refund may move from one state to another. Staying is not moving. */
export const refundMayMove = (from: RefundState, to: RefundState): boolean => NEXT[from].includes(to);

export type RefundWish = {
  cause: RefundCause;
  /** Without the convenience fee. */
  amountMinor: bigint;
  /** What of it is of which bill; null: the newest bill first. Nothing for `overpaid`. */
  perBill: readonly { invoiceId: string; amountMinor: bigint }[] | null;
  /** The convenience fee too; null: with the whole payment only. */
  feeBack: boolean | null;
};

export type RefundChoiceRefusal =
  | Refusal<"not_settled">
  | Refusal<"nothing_to_refund">
  | Refusal<"under_bank_review">
  | (Refusal<"more_than_paid"> & { leftMinor: bigint })
  | (Refusal<"more_than_overpaid"> & { leftMinor: bigint })
  | (Refusal<"more_than_on_bills"> & { leftMinor: bigint })
  | (Refusal<"more_than_on_bill"> & { invoiceId: string; leftMinor: bigint })
  | Refusal<"bills_do_not_add_up">
  | (Refusal<"not_on_grid"> & { stepMinor: bigint });

export type RefundFactsNow = {
  payment: PaymentRow;
  standing: PaymentStanding;
  /** Convenience fee that has not gone back yet. */
  feeLeftMinor: bigint;
};

/** What of a payment has not come back in any way: the most that refunds may still take, convenience fee included. */
export const refundableMinor = (payment: PaymentRow): bigint =>
  payment.capturedMinor - payment.refundedMinor - payment.returnedMinor - payment.chargedBackMinor;

/**
 * Whether a payment can be refunded so, and what that takes from which bill. `overpaid` takes what no bill took, every
 * other cause takes what this payment still has on bills: the two never mix, because the bills say different things after.
 */
export function decideRefund(
  { payment, standing, feeLeftMinor }: RefundFactsNow,
  wish: RefundWish,
): { ok: true; bills: { invoiceId: string; amountMinor: bigint }[]; feeMinor: bigint } | RefundChoiceRefusal {
  const { cause, amountMinor } = wish;
  if (payment.state !== "settled") return refuse("not_settled");
  if (amountMinor <= 0n) return refuse("nothing_to_refund");
  const online = isAtProcessor(payment);
  if (online && payment.chargedBackMinor > 0n) return refuse("under_bank_review");
  const stepMinor = online ? chargeStep(payment.currency) : 1n;
  if (amountMinor % stepMinor !== 0n) return refuse("not_on_grid", { stepMinor });
  const feeMinor = (wish.feeBack ?? amountMinor === payment.amountMinor) ? feeLeftMinor : 0n;
  const leftMinor = refundableMinor(payment) - feeMinor;
  if (amountMinor > leftMinor) return refuse("more_than_paid", { leftMinor: leftMinor > 0n ? leftMinor : 0n });
  if (cause === "overpaid") {
    if (wish.perBill !== null && wish.perBill.length > 0) return refuse("bills_do_not_add_up");
    if (amountMinor > standing.creditMinor) return refuse("more_than_overpaid", { leftMinor: standing.creditMinor });
    return { ok: true, bills: [], feeMinor };
  }
  const spread = wish.perBill === null ? spreadNewestFirst(standing, amountMinor) : checkBills(standing, wish);
  return "reason" in spread ? spread : { ok: true, bills: spread, feeMinor };
}

type Spread = { invoiceId: string; amountMinor: bigint }[] | RefundChoiceRefusal;

/** What a refund takes when nobody names the bills: the newest bill's part first. */
function spreadNewestFirst(standing: PaymentStanding, amountMinor: bigint): Spread {
  let left = amountMinor;
  const parts: { invoiceId: string; amountMinor: bigint }[] = [];
  for (const bill of standing.bills) {
    const part = minBigint(bill.amountMinor, left);
    if (part <= 0n) continue;
    parts.push({ invoiceId: bill.invoiceId, amountMinor: part });
    left -= part;
  }
  return left === 0n ? parts : refuse("more_than_on_bills", { leftMinor: amountMinor - left });
}

function checkBills(standing: PaymentStanding, { perBill, amountMinor }: RefundWish): Spread {
  const parts = [...(perBill ?? [])];
  const seen = new Set<string>();
  for (const { invoiceId, amountMinor: part } of parts) {
    if (part <= 0n || seen.has(invoiceId)) return refuse("bills_do_not_add_up");
    seen.add(invoiceId);
    const leftMinor = standing.bills.find((bill) => bill.invoiceId === invoiceId)?.amountMinor ?? 0n;
    if (part > leftMinor) return refuse("more_than_on_bill", { invoiceId, leftMinor });
  }
  const sum = parts.reduce((total, part) => total + part.amountMinor, 0n);
  return sum === amountMinor ? parts : refuse("bills_do_not_add_up");
}
