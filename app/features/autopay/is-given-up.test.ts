import { expect, test } from "vitest";

import type { Draft } from "#server/domains/autopay/index.ts";

import { isGivenUp } from "./is-given-up.ts";

const draft = (more: Partial<Draft>, openMinor = 120n) =>
  ({ state: "failed", sourceId: "this", bills: [{ openMinor }], ...more }) as Draft;

test.each([
  ["failed for good", draft({}), true],
  ["paid by hand since", draft({}, 0n), false],
  ["of a mandate before this one, or of a plan", draft({ sourceId: "other" }), false],
  ["taken", draft({ state: "paid" }), false],
  ["canceled", draft({ state: "canceled" }), false],
] as const)("autopay that gave up is told of until it is mended: %s", (_, last, told) => {
  expect(isGivenUp(last, "this")).toBe(told);
});
