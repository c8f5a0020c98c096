import fc from "fast-check";
import { describe, expect, it, test } from "vitest";

import { addDays, localDate } from "#app/contracts/local-date.ts";
import { maxBigint } from "#app/contracts/money.ts";

import { splitInProportion, spreadOldestFirst } from "./rules.ts";

// Minor units of any currency: cents, yen, or fils.
const minor = fc.bigInt({ min: 0n, max: 10n ** 13n });
const sum = (parts: readonly bigint[]): bigint => parts.reduce((total, part) => total + part, 0n);

describe("an amount over bills", () => {
  const bills = fc.array(fc.record({ payableMinor: minor, days: fc.nat({ max: 400 }) }), { maxLength: 12 }).map((all) =>
    all.map(({ payableMinor, days }, at) => {
      const dueOn = addDays(localDate("2027-03-01"), days);
      return { id: `bill ${String(at)}`, number: `N${String(at)}`, issuedOn: addDays(dueOn, -20), dueOn, payableMinor };
    }),
  );

  it("is spread to the last unit: what no bill takes is left, and no bill takes more than it asks for", () => {
    fc.assert(
      fc.property(bills, minor, (all, amountMinor) => {
        const { allocations, restMinor } = spreadOldestFirst(all, amountMinor);
        expect(sum(allocations.map((one) => one.amountMinor)) + restMinor).toBe(amountMinor);
        expect(restMinor).toBe(maxBigint(0n, amountMinor - sum(all.map((bill) => bill.payableMinor))));
        for (const one of allocations) {
          const { payableMinor } = all.find(({ id }) => id === one.invoiceId) ?? { payableMinor: -1n };
          expect(one.amountMinor > 0n && one.amountMinor <= payableMinor).toBe(true);
        }
      }),
    );
  });

  it("reaches a bill only after every bill that was due before it has all of its own", () => {
    fc.assert(
      fc.property(bills, minor, (all, amountMinor) => {
        const { allocations } = spreadOldestFirst(all, amountMinor);
        const takes = (id: string) => allocations.find((one) => one.invoiceId === id)?.amountMinor ?? 0n;
        for (const later of all.filter(({ id }) => takes(id) > 0n))
          for (const earlier of all.filter(({ dueOn }) => dueOn < later.dueOn))
            expect(takes(earlier.id)).toBe(earlier.payableMinor);
      }),
    );
  });
});

test("a split in proportion sums exactly, is off by less than one unit, and is never more than its weight", () => {
  fc.assert(
    fc.property(fc.array(minor, { minLength: 1, maxLength: 20 }), fc.nat({ max: 1000 }), (weights, perMille) => {
      const whole = sum(weights);
      const amountMinor = (whole * BigInt(perMille)) / 1000n;
      const shares = splitInProportion(amountMinor, weights);
      expect(sum(shares)).toBe(whole === 0n ? 0n : amountMinor);
      shares.forEach((share, at) => {
        const weight = weights[at] ?? 0n;
        expect(share >= 0n && share <= weight).toBe(true);
        const off = share * whole - amountMinor * weight;
        expect(off < whole || whole === 0n).toBe(true);
        expect(-off < whole || whole === 0n).toBe(true);
      });
    }),
  );
});
