import { describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { payChangedText } from "#app/contracts/messages/pay.ts";
import { payChanges, type ShownBill, writeShown } from "#app/contracts/pay-changes.ts";

import { readShown } from "./read-shown.server.ts";

const usd = currency("USD");
const id = (n: number) => `00000000-0000-7000-8000-00000000000${String(n)}`;
const bill = (n: number, payableMinor: bigint, mostMinor = payableMinor): ShownBill => ({
  ...{ invoiceId: id(n), number: `INV-${String(n)}`, payableMinor, mostMinor },
});
const said = (before: ShownBill[], now: ShownBill[]) =>
  payChangedText(payChanges(readShown(writeShown(before)), now, usd), "en-US");

describe("what changed since a pay form was shown", () => {
  it.each([
    ["a bill that is paid", [bill(1, 4210n)], [], "INV-1 is settled."],
    ["a bill whose payment is under way", [bill(1, 4210n)], [bill(1, 0n, 0n)], "A payment for INV-1 is on its way."],
    ["a bill that asks for less", [bill(1, 4210n)], [bill(1, 3000n)], "INV-1 now asks for $30.00 instead of $42.10."],
    [
      "a bill that is paid but for its disputed part",
      [bill(1, 100n)],
      [bill(1, 0n, 50n)],
      "Nothing more is asked for on INV-1.",
    ],
    ["a new bill", [bill(1, 100n)], [bill(1, 100n), bill(2, 5000n)], "INV-2 over $50.00 is new."],
  ])("names %s", (_, before, now, sentence) => {
    expect(said(before, now)).toContain(sentence);
    expect(said(before, now)).toContain("nothing was charged");
  });

  it("is told of three bills at most, and of no bill when something else changed", () => {
    const many = [1, 2, 3, 4, 5].map((n) => bill(n, 100n));
    expect(said(many, [])).toContain("INV-3 is settled. And 2 more.");
    expect(said([bill(1, 100n)], [bill(1, 100n)])).toBe(
      "Something on this account changed while you were here, so nothing was charged. The amounts below are up to date.",
    );
  });

  it("a field that is missing or made up tells of nothing known", () => {
    for (const made of [undefined, "", "{", '[["x","y","z"]]', "[[1,2,3]]"]) expect(readShown(made)).toEqual([]);
  });
});
