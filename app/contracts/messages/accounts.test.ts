import { expect, it } from "vitest";

import { nobodyGets } from "./accounts.ts";

it.each([
  [{ bills: true, statements: false }, [], null, "bills", "it has no e-mail address, and nobody signs in to it."],
  [
    { bills: false, statements: true },
    ["a@x.test"],
    null,
    "monthly statements",
    "a@x.test switched mails about them off.",
  ],
  [
    { bills: true, statements: true },
    [],
    "n/a",
    "bills or monthly statements",
    "no mail can go to n/a, and nobody signs in to it.",
  ],
])("that nobody gets %j says what and why", (which, off, email, what, why) => {
  expect(nobodyGets({ ...which, off, email })).toBe(`Nobody gets this account’s ${what} by mail: ${why}`);
});
