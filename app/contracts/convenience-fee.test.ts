import { describe, expect, it } from "vitest";

import { convenienceFee } from "./convenience-fee.ts";
import { currency } from "./currency.ts";
import { money } from "./money.ts";

describe("the convenience fee", () => {
  it.each([
    ["USD", 100_00n, 290, 30n, 3_20n],
    ["USD", 0n, 290, 30n, 0n],
    ["USD", 100_00n, 0, 0n, 0n],
    ["USD", 17n, 300, 0n, 1n],
    ["USD", 16n, 300, 0n, 0n],
    ["JPY", 1_050n, 300, 0n, 32n],
    ["KWD", 10_050n, 300, 0n, 300n],
    ["KWD", 10_000n, 0, 125n, 130n],
  ] as const)("%s %i at %i/10000 + %i is %i", (code, amountMinor, basisPoints, fixedMinor, fee) => {
    expect(convenienceFee(money(amountMinor, currency(code)), { basisPoints, fixedMinor }).amountMinor).toBe(fee);
  });
});
