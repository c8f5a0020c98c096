import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { checkLimit, leftOfLine, spreadOverLines } from "./rules.ts";

const limits = {
  rep: { perActionMinor: 50_00n, perDayMinor: 150_00n },
  supervisor: { perActionMinor: 500_00n, perDayMinor: 2_000_00n },
  admin: { perActionMinor: null, perDayMinor: null },
};

describe("limits of a role", () => {
  it.each([
    ["rep", 50_00n, 0n, null],
    ["rep", 50_01n, 0n, { reason: "above_limit", limitMinor: 50_00n, who: "supervisor" }],
    ["rep", 500_01n, 0n, { reason: "above_limit", limitMinor: 50_00n, who: "admin" }],
    ["rep", 50_00n, 100_00n, null],
    ["rep", 50_00n, 100_01n, { reason: "above_day_limit", limitMinor: 150_00n, leftMinor: 49_99n, who: "supervisor" }],
    ["rep", 1n, 200_00n, { reason: "above_day_limit", leftMinor: 0n }],
    ["supervisor", 500_00n, 0n, null],
    ["supervisor", 500_01n, 0n, { reason: "above_limit", who: "admin" }],
    ["supervisor", 1n, 2_000_00n, { reason: "above_day_limit", who: "admin" }],
    ["admin", 1_000_000_00n, 9_000_000_00n, null],
  ] as const)("%s gives %s after %s today: %o", (role, amountMinor, givenTodayMinor, expected) => {
    const refusal = checkLimit({ role, amountMinor, givenTodayMinor, limits });
    if (expected === null) expect(refusal).toBeNull();
    else expect(refusal).toMatchObject({ ok: false, ...expected });
  });
});

const line = fc
  .record({ whole: fc.bigInt(1n, 10n ** 9n), tax: fc.nat(100), credited: fc.nat(100) })
  .map(({ whole, tax, credited }, at = 0) => {
    const taxMinor = (whole * BigInt(tax)) / 100n;
    return {
      id: String(at),
      amountMinor: whole - taxMinor,
      taxMinor,
      creditedMinor: (whole * BigInt(credited)) / 100n,
    };
  });

describe("a credit note over lines", () => {
  it("sums exactly, takes no more of a line than is left, and its tax no more than the part", () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), fc.bigInt(1n, 10n ** 9n), (drawn, wanted) => {
        const lines = drawn.map((one, at) => ({ ...one, id: String(at) }));
        const left = lines.reduce((sum, one) => sum + leftOfLine(one), 0n);
        const spread = spreadOverLines(lines, wanted);
        expect(spread === null).toBe(left < wanted);
        if (spread === null) return;
        expect(spread.reduce((sum, part) => sum + part.amountMinor + part.taxMinor, 0n)).toBe(wanted);
        for (const part of spread) {
          const of = lines[Number(part.invoiceLineId)];
          expect(part.amountMinor + part.taxMinor).toBeLessThanOrEqual(of ? leftOfLine(of) : 0n);
          expect(part.taxMinor).toBeGreaterThanOrEqual(0n);
          expect(part.amountMinor).toBeGreaterThanOrEqual(0n);
        }
      }),
    );
  });
});
