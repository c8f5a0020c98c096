import { expect, test } from "vitest";

import { sinceLast } from "./since-last.ts";

const line = (id: string, description: string, amountMinor: bigint) => ({ id, description, amountMinor, taxMinor: 0n });

test("a line is compared with its own name on the bill before, and only where it changed", () => {
  const bill = {
    totalMinor: 80_00n,
    lines: [line("1", "Water", 62_00n), line("2", "Base charge", 18_00n), line("3", "New meter", 0n)],
  };
  const before = { totalMinor: 70_00n, lines: [line("9", "Water", 52_00n), line("8", "Base charge", 18_00n)] };
  expect(sinceLast(bill, before)).toEqual({ totalMinor: 10_00n, linesBefore: new Map([["1", 52_00n]]) });
});

test("a name that stands twice is not compared", () => {
  const bill = { totalMinor: 2n, lines: [line("1", "Visit", 1n), line("2", "Visit", 1n)] };
  const before = { totalMinor: 3n, lines: [line("9", "Visit", 3n)] };
  expect(sinceLast(bill, before).linesBefore.size).toBe(0);
});
