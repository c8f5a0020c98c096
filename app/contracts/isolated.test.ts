import { expect, it } from "vitest";

import { isolated, isolatedFacts } from "./isolated.ts";

it.each([
  ["a name in Hebrew", "משה כהן 3", "\u2068משה כהן 3\u2069"],
  ["one in Arabic among Latin letters", "Al-Miyah شركة المياه", "\u2068Al-Miyah شركة المياه\u2069"],
  ["one of a script beyond the first plane", "\u{10840}", "\u2068\u{10840}\u2069"],
  ["nothing of a Latin name", "Zoë Żółć 3", "Zoë Żółć 3"],
  ["nothing of a Chinese one", "陈美", "陈美"],
  ["nothing of an empty text", "", ""],
])("isolates %s", (_what, text, left) => {
  expect(isolated(text)).toBe(left);
});

it("the facts of a sentence are isolated all through, but for what a program reads", () => {
  const facts = {
    name: "משה",
    path: "/משה",
    paymentPath: "/משה",
    email: "משה@a.test",
    bills: [{ note: "משה", n: 3 }],
    none: null,
  };
  expect(isolatedFacts(facts)).toEqual({
    ...facts,
    name: "\u2068משה\u2069",
    bills: [{ note: "\u2068משה\u2069", n: 3 }],
  });
});
