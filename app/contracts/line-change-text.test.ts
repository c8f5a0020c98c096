import { expect, test } from "vitest";

import { currency } from "./currency.ts";
import { lineChangeText } from "./messages/bills.ts";

const line = { quantity: "9.2", unit: "kgal", unitPrice: "6", amountMinor: 55_20n };

test.each([
  [
    { ...line, quantity: "7.1", amountMinor: 42_60n },
    true,
    false,
    "$12.60 more than last time: 9.2 instead of 7.1 kgal",
  ],
  [
    { ...line, unitPrice: "6.5", amountMinor: 59_80n },
    false,
    true,
    "$4.60 less than last time: $6.00 instead of $6.50 each",
  ],
  [{ ...line, unit: "CCF", amountMinor: 50_00n }, false, false, "$5.20 more than last time"],
  [
    { ...line, quantity: "4.6", unitPrice: "12" },
    true,
    true,
    "As much as last time: 9.2 instead of 4.6 kgal, $6.00 instead of $12.00 each",
  ],
])("a line's change is told with its reason: %#", (last, quantity, price, expected) => {
  const change = { kind: "changed" as const, last, quantity, price };
  expect(lineChangeText(change, { line, currency: currency("USD"), locale: "en-US" })).toBe(expected);
});

test("a new line is told as new; of a single thing the price is not said twice", () => {
  const at = { line: { ...line, quantity: "1", unit: null }, currency: currency("USD"), locale: "en-US" };
  expect(lineChangeText({ kind: "new" }, at)).toBe("New on this bill");
  const last = { ...at.line, unitPrice: "5", amountMinor: 50_00n };
  const change = { kind: "changed" as const, last, quantity: false, price: true };
  expect(lineChangeText(change, at)).toBe("$5.20 more than last time");
});
