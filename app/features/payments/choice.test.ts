import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { toDecimal } from "#app/contracts/money.ts";

import { readChoice } from "./choice.ts";

const USD = currency("USD");
const bills = [
  { invoiceId: "a", payableMinor: 50_00n, mostMinor: 50_00n },
  { invoiceId: "disputed", payableMinor: 0n, mostMinor: 30_00n },
  { invoiceId: "b", payableMinor: 20_00n, mostMinor: 20_00n },
];
const facts = { bills, currency: USD, locale: "en-US" };

describe("the payer's choice", () => {
  it("of bills pays what each asks for; a disputed one what may be paid all the same", () => {
    const read = readChoice({ mode: "bills", invoiceIds: ["a", "disputed"] }, facts);
    expect(read).toMatchObject({ ok: true, amount: { amountMinor: 80_00n } });
  });

  it.each([
    ["10", [["a", 10_00n]], 0n],
    [
      "60.00",
      [
        ["a", 50_00n],
        ["b", 10_00n],
      ],
      0n,
    ],
    [
      "100",
      [
        ["a", 50_00n],
        ["b", 20_00n],
      ],
      30_00n,
    ],
  ] as const)("of %s spreads it oldest first and leaves the disputed part out", (text, parts, credit) => {
    const read = readChoice({ mode: "amount", text }, facts);
    if (!read.ok) throw new Error("refused");
    expect(read.parts.map((part) => [part.invoiceId, part.amountMinor])).toEqual(parts);
    expect(read.credit.amountMinor).toBe(credit);
  });

  it.each([
    ["", "empty"],
    ["abc", "not_a_number"],
    ["-5", "negative"],
    ["0.001", "too_many_decimals"],
    ["1e9", "not_a_number"],
    ["9".repeat(40), "too_large"],
    ["٣٤", "not_a_number"],
    ["1.234", "ambiguous"],
  ])("of %o is refused as %s", (text, reason) => {
    expect(readChoice({ mode: "amount", text }, facts)).toMatchObject({ ok: false, refusal: { reason } });
  });

  it("always adds up", () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 500_00n), (amountMinor) => {
        const read = readChoice({ mode: "amount", text: toDecimal({ amountMinor, currency: USD }) }, facts);
        if (!read.ok) throw new Error("refused");
        const sum = read.parts.reduce((total, part) => total + part.amountMinor, read.credit.amountMinor);
        expect(sum).toBe(amountMinor);
      }),
    );
  });
});
