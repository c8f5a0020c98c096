import { describe, expect, it } from "vitest";

import { chargeable } from "./chargeable.ts";
import { currency } from "./currency.ts";
import { money } from "./money.ts";

describe("what the processor can charge", () => {
  it.each([
    ["USD", 50n, "card", true],
    ["USD", 49n, "card", "below_minimum"],
    ["USD", 99_999_999n, "card", true],
    ["USD", 100_000_000n, "card", "above_maximum"],
    ["USD", 100n, "bank_debit", true],
    ["EUR", 100n, "bank_debit", "currency_not_taken"],
    ["JPY", 51n, "card", true],
    ["JPY", 49n, "card", "below_minimum"],
    ["KWD", 1230n, "card", true],
    ["KWD", 1235n, "card", "not_on_grid"],
    ["KWD", 5n, "card", "below_minimum"],
    ["KWD", 1230n, "bank_debit", "currency_not_taken"],
    ["USD", 0n, "card", "below_minimum"],
  ] as const)("%s %i by %s: %s", (code, amountMinor, method, expected) => {
    const answer = chargeable(money(amountMinor, currency(code)), method);
    expect(answer.ok ? true : answer.reason).toBe(expected);
  });
});
