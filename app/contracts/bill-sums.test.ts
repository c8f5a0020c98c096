import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { billSums } from "./bill-sums.ts";

const none = { taxMinor: 0n, paidMinor: 0n, creditedMinor: 0n, writtenOffMinor: 0n };

describe("what a bill adds up to", () => {
  it("is one line when nothing was taxed, paid or credited", () => {
    expect(billSums({ ...none, totalMinor: 500n, openMinor: 500n })).toEqual([
      { label: "Total", minor: 500n, strong: false },
    ]);
  });

  it("tells tax before the total, and what took from it after", () => {
    const bill = { ...none, totalMinor: 500n, taxMinor: 50n, paidMinor: 200n, creditedMinor: 100n, openMinor: 200n };
    expect(billSums(bill).map(({ label, minor }) => [label, minor])).toEqual([
      ["Before tax", 450n],
      ["Tax", 50n],
      ["Total", 500n],
      ["Paid", -200n],
      ["Credited", -100n],
      ["Left to pay", 200n],
    ]);
  });

  it("always adds up: the total and what took from it leave what is open", () => {
    const minor = fc.bigInt({ min: 0n, max: 10n ** 12n });
    const parts = fc.record({ open: minor, paid: minor, credited: minor, writtenOff: minor });
    fc.assert(
      fc.property(parts, ({ open, paid, credited, writtenOff }) => {
        const totalMinor = open + paid + credited + writtenOff;
        const taken = { paidMinor: paid, creditedMinor: credited, writtenOffMinor: writtenOff };
        const sums = billSums({ ...none, ...taken, totalMinor, openMinor: open });
        const rest = sums.filter(({ label }) => label !== "Left to pay").reduce((sum, { minor: m }) => sum + m, 0n);
        expect(rest).toBe(open);
      }),
    );
  });
});
