import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { encodeId } from "#app/contracts/ids.ts";
import { localDate } from "#app/contracts/local-date.ts";
import { LocaleProvider } from "#app/ui/locale.tsx";
import type { BillDetail } from "#server/domains/invoices/index.ts";

import { BillTimeline } from "./bill-timeline.tsx";

const paymentId = "01890000-0000-7000-8000-000000000001";

/** A bill of 40.00 that one payment has paid. */
const paid = ({ byHand }: { byHand: boolean }) =>
  ({
    ...{ id: "b", currency: currency("USD"), issuedOn: localDate("2026-11-01"), payableMinor: 0n, refunds: [] },
    timeline: [
      {
        ...{ id: "1", kind: "paid", amountMinor: 40_00n, reference: encodeId("payment", paymentId) },
        occurredAt: new Date("2026-11-28T12:00:00Z"),
      },
    ],
    allocations: [
      {
        ...{ effect: "paid", amountMinor: 40_00n, paymentId, paymentLabel: "Check 1042", byHand, creditId: null },
        occurredOn: localDate("2026-11-28"),
      },
    ],
  }) as unknown as BillDetail;

const read = (bill: BillDetail) =>
  renderToStaticMarkup(
    <LocaleProvider
      value={{ locale: "en-US", zone: "America/New_York", now: new Date("2026-11-29T22:00:00Z"), skewMs: 0 }}
    >
      <BillTimeline bill={bill} linked={false} />
    </LocaleProvider>,
  ).replace(/<[^>]*>/g, " ");

test("a payment by hand stands on its day, without an hour that nobody knows; any other at its moment", () => {
  expect(read(paid({ byHand: true }))).toMatch(/Sat, Nov 28/);
  expect(read(paid({ byHand: true }))).not.toMatch(/AM|PM|ago/);
  expect(read(paid({ byHand: false }))).toMatch(/AM|PM|ago/);
});
