import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import { localDate } from "#app/contracts/local-date.ts";
import { LocaleProvider } from "#app/ui/locale.tsx";

import { WhenMade, whenMadePair } from "./when-made.tsx";

const now = new Date("2026-11-29T22:00:00Z");
const noon = { requestedAt: new Date("2026-11-29T12:00:00Z"), settledOn: localDate("2026-11-29") };

const read = (payment: Parameters<typeof WhenMade>[0]["payment"], absolute = false) =>
  renderToStaticMarkup(
    <LocaleProvider value={{ locale: "en-US", zone: "America/New_York", now, skewMs: 0 }}>
      <WhenMade {...{ payment, absolute }} />
    </LocaleProvider>,
  ).replace(/<[^>]*>/g, "");

test.each(["check", "cash", "transfer", "imported"] as const)("a payment by %s has a day and no hour", (kind) => {
  expect(read({ ...noon, kind })).toBe("Sun, Nov 29");
  expect(whenMadePair({ ...noon, kind }, "Made").label).toBe("Received");
});

test("a card payment has its moment, with the year where that is not this one", () => {
  expect(read({ ...noon, kind: "card" })).toBe("10 hr. ago");
  expect(read({ ...noon, kind: "card" }, true)).toBe("Nov 29, 7:00 AM");
  expect(read({ ...noon, kind: "card", requestedAt: new Date("2025-12-22T12:00:00Z") })).toBe("Dec 22, 2025, 7:00 AM");
  expect(whenMadePair({ ...noon, kind: "card" }, "Made").label).toBe("Made");
});
