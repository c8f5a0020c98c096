import { expect, it } from "vitest";

import { ownOf } from "./own-of.ts";

const SENTENCES = { saved: "Saved." };

it.each([
  ["saved", "Saved."],
  ...["__proto__", "constructor", "toString", "hasOwnProperty", "", null].map((name) => [name, undefined] as const),
] as const)("a table is asked for %j: %j", (name, found) => {
  expect(ownOf(SENTENCES, name)).toBe(found);
});
