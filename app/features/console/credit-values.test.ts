import { expect, test } from "vitest";

import { currency } from "#app/contracts/currency.ts";

import { creditOn, creditValues } from "./credit-values.ts";

const bills = [
  { id: "a", number: "INV-1" },
  { id: "b", number: "INV-2" },
];
const bill = { number: "INV-2", openMinor: 1_20n, currency: currency("USD") };

test("who comes from a late fee's page finds all that is left of it, to waive", () => {
  expect(creditValues(creditOn({ ...bill, kind: "late_fee" }), bills)).toEqual({
    ...{ amount: "1.20", kind: "goodwill", reason: "late_fee", bill: "b", note: "" },
  });
});

test("who comes from a bill's page finds that bill, and says how much and why", () => {
  expect(creditValues(creditOn({ ...bill, kind: "bill" }), bills)).toEqual({
    ...{ amount: "", kind: "goodwill", reason: "service_issue", bill: "b", note: "" },
  });
});
