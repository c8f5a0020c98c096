import { describe, expect, it } from "vitest";

import { guessDateFormats, lookAtFile } from "./look-at-file.ts";

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

describe("the top of a file", () => {
  it("shows its headings and rows, and is null where it is no CSV", () => {
    expect(lookAtFile(Buffer.from("a, b\n1,2\n"))).toEqual({ headings: ["a", "b"], rows: [["1", "2"]] });
    expect(lookAtFile(Buffer.from('a,b\n"never closed,1\n'))).toBeNull();
  });
});
