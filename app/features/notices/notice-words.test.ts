import { expect, it } from "vitest";

import type { BillAutopay, NewsItem } from "#server/domains/notifications/index.ts";

import { noticeWords } from "./notice-words.ts";

const usd = (cents: number) => ({ amountMinor: String(cents), currency: "USD" });
const take = { on: "2026-11-27", amount: usd(100), total: usd(100) };

it.each<[string, Partial<BillAutopay> | null]>([
  ["New bill", null],
  ["New bill: autopay takes it", {}],
  ["New bill: autopay takes part of it", { rest: usd(50) }],
  ["New bill: autopay does not take it", { takes: [], rest: usd(100) }],
  ["New bill: autopay is paused", { paused: true, takes: [], rest: usd(100) }],
  ["New bill: autopay needs another card", { expiresOn: "2026-11-01" }],
])("%s", (what, more) => {
  const autopay: BillAutopay = {
    ...{ paused: false, method: "Visa ··4242", expiresOn: null, lastFailed: false, most: null },
    ...{ takes: [take], credit: null, rest: null, ...more },
  };
  const data = {
    ...{ number: "INV-1", kind: "bill", accountNumber: "40-1042", path: "/p/x", issuedOn: "2026-11-06" },
    ...{ dueOn: "2026-11-27", amount: usd(100), total: usd(100), ...(more === null ? {} : { autopay }) },
  };
  expect(noticeWords({ kind: "bill_issued", data } as NewsItem).what).toBe(what);
});
