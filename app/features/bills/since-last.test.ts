import { expect, test } from "vitest";

import { type ComparedLine, sinceLast } from "./since-last.ts";

type Given = Partial<ComparedLine> & { amountMinor: bigint };

const line = (id: string, description: string, given: Given): ComparedLine => ({
  ...{ id, description, quantity: "1", unit: null, unitPrice: "1", taxMinor: 0n },
  ...given,
});
const bill = (...lines: ComparedLine[]) => ({
  totalMinor: lines.reduce((sum, one) => sum + one.amountMinor + one.taxMinor, 0n),
  lines,
});
const water = (id: string, quantity: string, unitPrice: string, amountMinor: bigint) =>
  line(id, "Water", { quantity, unit: "kgal", unitPrice, amountMinor });

test.each([
  ["more of it", water("1", "12", "5.000", 60_00n), { quantity: true, price: false }],
  ["at another price", water("1", "10.0", "6", 60_00n), { quantity: false, price: true }],
  ["both", water("1", "12", "6", 72_00n), { quantity: true, price: true }],
  [
    "in another unit",
    line("1", "water ", { quantity: "9", unit: "CCF", unitPrice: "7", amountMinor: 63_00n }),
    { quantity: false, price: false },
  ],
])("a line is compared with its own name on the bill before: %s", (_, now, expected) => {
  const last = water("9", "10", "5", 50_00n);
  const { changes } = sinceLast(bill(now), bill(last));
  expect(changes).toEqual(new Map([["1", { kind: "changed", last, ...expected }]]));
});

test("a line that came to the same for the same reasons is not mentioned", () => {
  const { changes, gone, totalMinor } = sinceLast(
    bill(water("1", "10", "5", 50_00n)),
    bill(water("9", "10.000", "5.0", 50_00n)),
  );
  expect([changes.size, gone, totalMinor]).toEqual([0, [], 0n]);
});

test("what was not there before is new, and what is there no longer is told", () => {
  const test_ = line("8", "Backflow test", { amountMinor: 42_00n });
  const since = sinceLast(
    bill(water("1", "10", "5", 50_00n), line("2", "New meter", { amountMinor: 9_00n })),
    bill(water("9", "10", "5", 50_00n), test_),
  );
  expect(since.changes).toEqual(new Map([["2", { kind: "new" }]]));
  expect(since.gone).toEqual([test_]);
});

test("the line behind more than half of the difference is named, tax included", () => {
  const base = (id: string) => line(id, "Base charge", { amountMinor: 18_00n });
  const now = bill(water("1", "12", "5", 60_00n), base("2"), line("3", "Tag", { amountMinor: 4_00n }));
  expect(sinceLast(now, bill(water("9", "10", "5", 50_00n), base("8"))).mostly?.description).toBe("Water");
  const less = sinceLast(bill(base("2")), bill(base("8"), line("7", "Test", { amountMinor: 40_00n, taxMinor: 2_00n })));
  expect(less.mostly?.description).toBe("Test");
  const even = sinceLast(
    bill(water("1", "11", "5", 55_00n), line("3", "Tag", { amountMinor: 5_00n })),
    bill(water("9", "10", "5", 50_00n)),
  );
  expect(even.mostly).toBeNull();
});

test("a name that stands twice is not compared, and is neither new nor gone", () => {
  const visit = (id: string, amountMinor: bigint) => line(id, "Visit", { amountMinor });
  const base = (id: string) => line(id, "Base charge", { amountMinor: 1_00n });
  const since = sinceLast(bill(base("0"), visit("1", 1n), visit("2", 1n)), bill(base("8"), visit("9", 3n)));
  expect([since.changes.size, since.gone]).toEqual([0, []]);
});

test("bills that share no line are compared by their totals only", () => {
  const since = sinceLast(
    bill(line("1", "Order 17", { amountMinor: 5_00n })),
    bill(line("9", "Order 16", { amountMinor: 3_00n })),
  );
  expect(since).toEqual({ totalMinor: 2_00n, changes: new Map(), gone: [], mostly: null });
});
