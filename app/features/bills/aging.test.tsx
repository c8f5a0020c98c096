import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { LocaleProvider } from "#app/ui/locale.tsx";

import { Aging, type AgingProps } from "./aging.tsx";

const read = (parts: Partial<AgingProps>) =>
  renderToStaticMarkup(
    <LocaleProvider value={{ locale: "en-US", zone: "UTC", now: new Date("2026-11-29T22:00:00Z"), skewMs: 0 }}>
      <Aging
        aging={{ current: 1_000n, d1_30: 15_000n, d31_60: 0n, d61_90: 0n, d90plus: 0n }}
        {...{ currency: currency("USD"), title: "How late it is", ...parts }}
      />
    </LocaleProvider>,
  ).replace(/<[^>]*>/g, "");

test("what is late by its due date and not asked for yet is told apart: in dispute, or paid by a plan", () => {
  expect(read({})).toMatch(/Open\$160\.00$/);
  expect(read({ disputed: 2_400n })).toContain("$24.00 of it is in dispute.");
  expect(read({ planned: 15_000n })).toContain("$150.00 of it is paid by a plan, and not past due while it runs.");
});
