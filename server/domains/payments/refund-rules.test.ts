import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { refundState } from "#db/schema/index.ts";
import { type PaymentStanding } from "#server/domains/invoices/index.ts";

import { decideRefund, refundMayMove, type RefundWish } from "./refund-rules.ts";
import { type PaymentRow } from "./rows.ts";

describe("a refund's states", () => {
  const moves = [
    ...["requested pending", "requested succeeded", "requested failed"],
    ...["pending succeeded", "pending failed", "succeeded failed"],
  ];
  const pairs = refundState.enumValues.flatMap((from) => refundState.enumValues.map((to) => ({ from, to })));
  it.each(pairs)("$from → $to", ({ from, to }) => {
    expect(refundMayMove(from, to)).toBe(moves.includes(`${from} ${to}`));
  });
});

/** Settled by card; the rules read no more of it than this. */
const payment = (amounts: Partial<PaymentRow>): PaymentRow =>
  ({
    ...{ state: "settled", kind: "card", chargeId: "ch_1", currency: currency("USD"), amountMinor: 100n, feeMinor: 0n },
    ...{ capturedMinor: 100n, refundedMinor: 0n, returnedMinor: 0n, chargedBackMinor: 0n, ...amounts },
  }) as PaymentRow;

const standingOf = (minors: readonly bigint[], creditMinor = 0n): PaymentStanding => ({
  creditMinor,
  bills: minors.map((amountMinor, at) => ({
    ...{
      invoiceId: `bill ${String(at)}`,
      number: String(at),
      amountMinor,
      openMinor: 0n,
      creditableMinor: amountMinor,
    },
  })),
});

const wish = (more: Partial<RefundWish>): RefundWish => ({
  ...{ cause: "billed_wrong", amountMinor: 10n, perBill: null, feeBack: null, ...more },
});

describe("what a refund takes", () => {
  it("of which bill, when nobody says: the newest first, summing exactly, never more than is on it", () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 1n, max: 50n }), { maxLength: 6 }),
        fc.bigInt(1n, 300n),
        (minors, amountMinor) => {
          const sum = minors.reduce((total, minor) => total + minor, 0n);
          const facts = { payment: payment({ capturedMinor: 1_000n }), standing: standingOf(minors), feeLeftMinor: 0n };
          const decided = decideRefund(facts, wish({ amountMinor }));
          if (amountMinor > sum) {
            expect(decided).toMatchObject({ reason: "more_than_on_bills", leftMinor: sum });
            return;
          }
          if (!decided.ok) throw new Error(decided.reason);
          expect(decided.bills.reduce((total, bill) => total + bill.amountMinor, 0n)).toBe(amountMinor);
          decided.bills.forEach((bill, at) => expect(bill.amountMinor <= (minors[at] ?? 0n)).toBe(true));
        },
      ),
    );
  });

  it.each([
    { of: { refundedMinor: 95n }, refused: "more_than_paid" },
    { of: { returnedMinor: 100n }, refused: "more_than_paid" },
    { of: { chargedBackMinor: 1n }, refused: "under_bank_review" },
    { of: { state: "processing" as const }, refused: "not_settled" },
    { of: { currency: currency("KWD") }, more: { amountMinor: 11n }, refused: "not_on_grid" },
  ])("is refused: $refused $of", ({ of, more = {}, refused }) => {
    const facts = { payment: payment(of), standing: standingOf([100n]), feeLeftMinor: 0n };
    expect(decideRefund(facts, wish(more))).toMatchObject({ ok: false, reason: refused });
  });

  it.each([
    { amountMinor: 40n, feeBack: null, feeMinor: 0n },
    { amountMinor: 100n, feeBack: null, feeMinor: 2n },
    { amountMinor: 40n, feeBack: true, feeMinor: 2n },
    { amountMinor: 100n, feeBack: false, feeMinor: 0n },
  ])("the fee of $amountMinor, chosen $feeBack: $feeMinor", ({ amountMinor, feeBack, feeMinor }) => {
    const facts = {
      ...{ payment: payment({ feeMinor: 2n, capturedMinor: 102n }), standing: standingOf([100n]), feeLeftMinor: 2n },
    };
    expect(decideRefund(facts, wish({ amountMinor, feeBack }))).toMatchObject({ ok: true, feeMinor });
  });
});
