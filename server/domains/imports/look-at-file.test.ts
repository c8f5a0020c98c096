import { describe, expect, it } from "vitest";

import { guessDateFormats, guessDecimal, lookAtFile } from "./look-at-file.ts";

describe("the way dates are written", () => {
  it.each([
    [["2026-01-31"], ["YYYY-MM-DD"]],
    [["1/31/2026", "12/1/2026"], ["M/D/YYYY"]],
    [
      ["1/2/2026", ""],
      ["M/D/YYYY", "D/M/YYYY"],
    ],
    [["31/1/2026"], ["D/M/YYYY"]],
    [["2/15/2026", "31/2/2026", "2/16/2026"], ["M/D/YYYY"]],
    [["soon"], []],
    [[], []],
  ])("%j is %j", (texts, formats) => {
    expect(guessDateFormats(texts)).toEqual(formats);
  });
});

describe("the way amounts are written", () => {
  it.each([
    [["1,234.56", "20.00"], "."],
    [["1.234,56", "20,00"], ","],
    [["20,5", "1.234"], ","],
    // Thousands in one, thousandths in the other: a point, unless something speaks for the comma.
    [["1.234", "5,678"], "."],
    [["12", ""], "."],
    [["(20,50) €"], ","],
  ])("%j has %j before the decimals", (texts, decimal) => {
    expect(guessDecimal(texts)).toBe(decimal);
  });
});

describe("the top of a file", () => {
  it.each([
    ["a,b\nFox; Ltd,1\n", ["a", "b"], ["Fox; Ltd", "1"]],
    ["a;b\n10,50;1\n", ["a", "b"], ["10,50", "1"]],
    ["a\tb\nx, y; z\t1\n", ["a", "b"], ["x, y; z", "1"]],
    ['"a;b;c",d\n1,2\n', ["a;b;c", "d"], ["1", "2"]],
    ["a\n1\n", ["a"], ["1"]],
  ])("%j is parted by what its first row is parted by", (text, headings, row) => {
    expect(lookAtFile(Buffer.from(text))).toEqual({ headings, rows: [row] });
  });

  it("shows its headings and rows, and is null where it is no CSV", () => {
    expect(lookAtFile(Buffer.from("a, b\n1,2\n"))).toEqual({ headings: ["a", "b"], rows: [["1", "2"]] });
    expect(lookAtFile(Buffer.from('a,b\n"never closed,1\n'))).toBeNull();
  });
});
