import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { localDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import type { AccountMoney } from "#server/domains/invoices/index.ts";

import { lessThanOpen, standingOf } from "./to-pay.ts";

const usd = (minor: bigint) => money(minor, currency("USD"));
const today = localDate("2026-11-23");

/** The words of MONEY.md from small numbers: payable and to pay now follow. */
function words(parts: Partial<Record<"payable" | "dispute" | "processing" | "scheduled" | "unapplied", bigint>>) {
  const { payable = 0n, dispute = 0n, processing = 0n, scheduled = 0n, unapplied = 0n } = parts;
  const toPay = payable > unapplied ? payable - unapplied : 0n;
  const facts: AccountMoney = {
    accountId: "a",
    currency: currency("USD"),
    version: 1,
    open: usd(payable + dispute + processing + scheduled),
    payable: usd(payable),
    pastDue: usd(0n),
    inDispute: usd(dispute),
    processing: usd(processing),
    scheduled: usd(scheduled),
    planned: usd(0n),
    underReview: usd(0n),
    unapplied: usd(unapplied),
    openCredits: [],
    toPayNow: usd(toPay),
    lateToPayNow: usd(0n),
    nextDueOn: null,
    openBills: 1,
  };
  return facts;
}

describe("where an account stands", () => {
  const by = localDate("2026-11-27");
  it.each([
    ["nothing was ever billed", words({}), false, { kind: "new" }],
    ["nothing is open", words({}), true, { kind: "clear" }],
    ["only credit is left", words({ unapplied: 500n }), true, { kind: "clear" }],
    ["all of it is in dispute", words({ dispute: 3000n }), true, { kind: "held" }],
    ["credit covers what is payable", words({ payable: 400n, unapplied: 500n }), true, { kind: "covered" }],
    ["all of it is late", words({ payable: 400n }), true, { kind: "late" }],
    [
      "all of it has a day",
      { ...words({ payable: 400n }), nextDueOn: by },
      true,
      { kind: "due", by, today: false, late: false },
    ],
    [
      "a part of it is late",
      { ...words({ payable: 400n }), nextDueOn: by, lateToPayNow: usd(300n) },
      true,
      { kind: "due", by, today: false, late: true },
    ],
    [
      "it is due today",
      { ...words({ payable: 400n }), nextDueOn: today },
      true,
      { kind: "due", by: today, today: true, late: false },
    ],
  ])("when %s", (_, facts, everBilled, expected) => {
    expect(standingOf(facts, { everBilled, today })).toEqual(expected);
  });
});

describe("what makes to pay now less than open", () => {
  it("credit counts only as far as it is used", () => {
    expect(lessThanOpen(words({ payable: 400n, unapplied: 500n }))).toEqual([{ kind: "credit", amount: usd(400n) }]);
  });

  it("the parts and to pay now always add up to open", () => {
    const minor = fc.bigInt({ min: 0n, max: 10n ** 9n });
    const parts = fc.record({ payable: minor, dispute: minor, processing: minor, scheduled: minor, unapplied: minor });
    fc.assert(
      fc.property(parts, (some) => {
        const facts = words(some);
        const less = lessThanOpen(facts).reduce((sum, part) => sum + part.amount.amountMinor, 0n);
        return less + facts.toPayNow.amountMinor === facts.open.amountMinor;
      }),
    );
  });
});
