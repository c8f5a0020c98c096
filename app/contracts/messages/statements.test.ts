import { expect, it } from "vitest";

import { mailedTo } from "./statements.ts";

it.each([
  [["ana@x.test"], ["ana@x.test"], "ana@x.test"],
  [["ana@x.test", "bo@x.test"], ["ana@x.test", null], "ana@x.test and one other person"],
  [["bo@x.test", "cy@x.test"], ["ana@x.test"], "2 other people"],
  [[], ["ana@x.test"], null],
])("of %s a reader who knows %s reads: %s", (addresses, known, words) => {
  expect(mailedTo(addresses, known)).toBe(words);
});
