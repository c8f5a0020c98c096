import { describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";

import { readPayForm, valuesOf } from "./pay-form.server.ts";

const ID = "00000000-0000-7000-8000-000000000001";
const OTHER = "00000000-0000-7000-8000-000000000002";
const bills = [{ invoiceId: ID, payableMinor: 42_10n, mostMinor: 42_10n }];
const facts = { bills, currency: currency("USD"), locale: "en-US" };
const form = {
  ...{ key: "00000000-0000-7000-8000-00000000000a", version: "3", mode: "bills", bill: ID, method: "new" },
  ...{ token: "ctoken_1", fee: "0" },
};

function read(more: Record<string, string>) {
  const sent = new FormData();
  for (const [name, value] of Object.entries({ ...form, ...more })) sent.append(name, value);
  return readPayForm(valuesOf(sent), facts);
}

describe("sums that the browser sends (S38)", () => {
  it.each([
    ["a total of its own", { amount: "0.01", total: "0.01", amountMinor: "1" }],
    ["what the form is said to have shown", { shown: JSON.stringify([[ID, "INV-1", "1"]]) }],
    ["another currency", { currency: "JPY" }],
    ["bills that are not offered here", { bill: `${ID} ${OTHER}` }],
    ["a prototype", { __proto__: "1", constructor: "1" }],
  ])("change nothing: %s", (_, more) => {
    const sent = read(more);
    expect(sent).toMatchObject({
      ok: true,
      value: { amountMinor: 42_10n, bills: [{ invoiceId: ID, amountMinor: 42_10n }] },
    });
  });

  it("a fee is only what the payer saw: it is compared, never charged for being sent", () => {
    expect(read({ fee: "999" })).toMatchObject({ ok: true, value: { amountMinor: 42_10n, feeSeenMinor: 999n } });
    expect(read({ fee: "-1" }).ok).toBe(false);
    expect(read({ fee: "1e3" }).ok).toBe(false);
  });

  it.each(["-5", "0.001", "1e309", "NaN", "9007199254740993", "0x10", "Infinity"])(
    "an amount written as %s pays nothing (S36)",
    (amount) => expect(read({ mode: "amount", amount }).ok).toBe(false),
  );
});
