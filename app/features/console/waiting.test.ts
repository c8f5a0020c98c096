import { expect, it } from "vitest";

import { waitedText, warmthOf } from "./waiting.ts";

it.each([
  [0, "now", "fresh"],
  [1, "1 min", "fresh"],
  [5, "5 min", "warm"],
  [29, "29 min", "warm"],
  [30, "30 min", "hot"],
  [59, "59 min", "hot"],
  [65, "1 h 05", "hot"],
  [120, "2 h 00", "burning"],
  [1_439, "23 h 59", "burning"],
  [1_440, "1 d", "burning"],
  [15_000, "10 d", "burning"],
])("after %d minutes a wait is told as %s, %s", (minutes, text, warmth) => {
  expect(waitedText(minutes)).toBe(text);
  expect(warmthOf(minutes)).toBe(warmth);
});
