import { expect, test } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { localDate } from "#app/contracts/local-date.ts";
import type { Activity } from "#server/domains/statements/index.ts";

import { activityWords } from "./activity-words.tsx";

const payment = (takenBackMinor: bigint, refundedMinor = 0n) =>
  ({
    ...{ kind: "payment", id: "01a2268c-cae6-731c-bf2e-17763a069877", state: "settled", methodLabel: "Visa ··4242" },
    ...{ occurredOn: localDate("2026-12-03"), currency: currency("USD"), amountMinor: 180_00n },
    ...{ takenBackMinor, refundedMinor },
  }) as Activity;

test.each([
  ["a payment lowers the balance", payment(0n), "down", undefined],
  ["what the bank took back of it has left nothing", payment(180_00n), "not", "Taken back"],
  ["what it took back a part of has lowered it", payment(80_00n), "down", "Partly taken back"],
  ["what was refunded was paid all the same", payment(0n, 180_00n), "down", "Refunded"],
])("%s", (_, item, moves, word) => {
  const told = activityWords(item);
  expect([told.moves, told.state?.word]).toEqual([moves, word]);
});
