import { describe, expect, it } from "vitest";

import { currency } from "./currency.ts";
import { staffPaymentWord } from "./messages/payment-states.ts";
import { money } from "./money.ts";

const usd = (minor: bigint) => money(minor, currency("USD"));

/** [state, refunded, taken back, returned of it, sent back on] of a payment of $100.00 with a fee of $2.00 in it. */
const table = [
  ["requested", 0n, 0n, 0n, null, "Requested", "waiting"],
  ["requires_action", 0n, 0n, 0n, null, "Waits for the customer", "waiting"],
  ["processing", 0n, 0n, 0n, null, "Processing", "waiting"],
  ["failed", 0n, 0n, 0n, null, "Failed", "overdue"],
  ["canceled", 0n, 0n, 0n, null, "Canceled", "done"],
  ["settled", 0n, 0n, 0n, null, "Settled", "settled"],
  ["settled", 0n, 100_00n, 100_00n, null, "Returned", "overdue"],
  ["settled", 0n, 40_00n, 40_00n, null, "Partly returned", "overdue"],
  ["settled", 30_00n, 70_00n, 70_00n, null, "Partly returned", "overdue"],
  ["settled", 0n, 100_00n, 0n, null, "Charged back", "dispute"],
  ["settled", 0n, 1n, 0n, null, "Partly charged back", "dispute"],
  ["settled", 1n, 0n, 0n, null, "Partly refunded", "done"],
  ["settled", 97_99n, 0n, 0n, null, "Partly refunded", "done"],
  ["settled", 98_00n, 0n, 0n, null, "Refunded", "done"],
  ["settled", 100_00n, 0n, 0n, null, "Refunded", "done"],
  ["settled", 0n, 100_00n, 100_00n, "2026-11-28", "Sent back by the bank", "overdue"],
] as const;

describe("a payment in a word for staff", () => {
  it.each(table)("%s, refunded %s, taken back %s, returned %s, %s: %s", (...row) => {
    const [state, refunded, takenBack, returned, bouncedOn, word, tone] = row;
    const gone = { refunded: usd(refunded), takenBack: usd(takenBack), returned: usd(returned) };
    expect(staffPaymentWord({ state, amount: usd(100_00n), fee: usd(2_00n), ...gone, bouncedOn })).toEqual({
      tone,
      word,
    });
  });
});
