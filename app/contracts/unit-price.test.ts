import { expect, test } from "vitest";

import { addressLines } from "./address-lines.ts";
import { currency } from "./currency.ts";
import { formatQuantity, formatUnitPrice } from "./unit-price.ts";

test.each([
  ["0.1325", "USD", "$0.1325"],
  ["18", "USD", "$18.00"],
  ["-2.5", "USD", "−$2.50"],
  ["120", "JPY", "¥120"],
  ["0.000000000001", "USD", "$0.000000000001"],
])("a price of %s %s has as many decimals as it needs, and at least its currency's", (price, code, text) => {
  expect(formatUnitPrice(price, currency(code))).toBe(text);
});

test("a quantity loses only zeros that say nothing", () => {
  expect(["9.250", "1000", "0.1"].map((quantity) => formatQuantity(quantity))).toEqual(["9.25", "1,000", "0.1"]);
});

test("an address stands as on an envelope; the country only where it is another one", () => {
  const address = { line1: "12 Quay St", city: "Portland", region: "ME", postalCode: "04101", country: "US" };
  expect(addressLines(address, { home: "US" })).toEqual(["12 Quay St", "Portland, ME 04101"]);
  expect(addressLines(address)).toEqual(["12 Quay St", "Portland, ME 04101", "US"]);
  expect(addressLines(null)).toEqual([]);
});
