import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { type ClaimKind } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { withTransaction } from "#db/transaction.ts";

import { placeClaim, releaseClaimsOf, takeBackPayment } from "./index.ts";
import { type ClaimWish, recomputeHeld } from "./rules.ts";
import { findBroken, NOW, testAccount, testBill, testPayment, testStep, TODAY } from "./test-account.ts";

const wish = (kind: ClaimKind, wantedMinor: bigint, released = false): ClaimWish => ({ kind, wantedMinor, released });

describe("what claims hold of what is open", () => {
  const scheduled = wish("scheduled", 60n);
  const plan = wish("plan", 50n);
  const dispute = wish("dispute", 30n);
  const chargeback = wish("chargeback", 20n);
  const inFlight = wish("in_flight", 40n);

  it.each<[string, bigint, ClaimWish[], bigint[]]>([
    ["nothing wanted holds nothing", 100n, [], []],
    ["one claim holds what it wants", 100n, [dispute], [30n]],
    ["one claim holds at most what is open", 20n, [dispute], [20n]],
    ["claims fill what is open in their order, whichever came first", 100n, [scheduled, dispute], [60n, 30n]],
    ["the last in the order gives way first", 70n, [scheduled, dispute], [40n, 30n]],
    ["a plan gives way to a dispute", 40n, [plan, dispute], [10n, 30n]],
    ["a dispute gives way to the bank's review", 25n, [dispute, chargeback], [5n, 20n]],
    ["everything gives way to a payment on its way", 100n, [scheduled, plan, dispute, inFlight], [0n, 30n, 30n, 40n]],
    ["all five", 150n, [scheduled, plan, dispute, chargeback, inFlight], [10n, 50n, 30n, 20n, 40n]],
    ["of one kind the older fills first", 40n, [dispute, wish("dispute", 30n)], [30n, 10n]],
    ["a released claim holds nothing", 100n, [wish("in_flight", 40n, true), dispute], [0n, 30n]],
    ["nothing open holds nothing", 0n, [inFlight, dispute], [0n, 0n]],
  ])("%s", (_rule, openMinor, claims, held) => {
    expect(recomputeHeld(openMinor, claims)).toEqual(held);
  });
});

describe("claims on a bill", () => {
  let t: TestDatabase;
  beforeAll(async () => void (t = await createTestDatabase()));
  afterEach(async () => expect(await findBroken(t.db)).toEqual([]));
  afterAll(() => t.drop());

  const SOURCES: Record<ClaimKind, string> = {
    in_flight: "0190a000-0000-7000-8000-000000000001",
    chargeback: "0190a000-0000-7000-8000-000000000002",
    dispute: "0190a000-0000-7000-8000-000000000003",
    plan: "0190a000-0000-7000-8000-000000000004",
    scheduled: "0190a000-0000-7000-8000-000000000005",
  };
  const when = { occurredOn: TODAY, occurredAt: NOW };

  async function stage() {
    const accountId = await testAccount(t.db);
    const invoiceId = await testBill(t.db, accountId, { total: 100_00n });
    const place = (kind: ClaimKind, wantedMinor: bigint) =>
      withTransaction(t.db, (tx) =>
        placeClaim(tx, { accountId, kind, sourceId: SOURCES[kind], bills: [{ invoiceId, wantedMinor }], ...when }),
      );
    const release = (kind: ClaimKind) =>
      withTransaction(t.db, (tx) =>
        releaseClaimsOf(tx, { accountId, kind, sourceId: SOURCES[kind], timeline: null, ...when }),
      );
    const held = async () => {
      const rows = await t.sql<{ kind: string; held: string }[]>`
        select kind, held_minor as held from claims where invoice_id = ${invoiceId} and released_at is null and held_minor > 0`;
      return Object.fromEntries(rows.map((row) => [row.kind, Number(row.held)]));
    };
    return { accountId, invoiceId, place, release, held };
  }

  it("give way to a payment on its way, and come back by themselves when it fails", async () => {
    const { place, release, held } = await stage();
    await place("scheduled", 60_00n);
    await place("dispute", 30_00n);
    expect(await held()).toEqual({ scheduled: 6_000, dispute: 3_000 });
    await place("in_flight", 80_00n);
    expect(await held()).toEqual({ in_flight: 8_000, dispute: 2_000 });
    await release("in_flight");
    expect(await held()).toEqual({ scheduled: 6_000, dispute: 3_000 });
  });

  it("give way to what is paid, and come back by themselves when it is taken back", async () => {
    const { accountId, invoiceId, place, held } = await stage();
    await place("plan", 50_00n);
    await place("dispute", 30_00n);
    const { paymentId } = await testPayment(t.db, accountId, {
      amount: 90_00n,
      bills: [{ invoiceId, amountMinor: 90_00n }],
    });
    expect(await held()).toEqual({ dispute: 1_000 });
    const step = await testStep(t.db, { accountId, kind: "return", amount: 90_00n });
    const cash = { journal: "payment_returned", account: "clearing" } as const;
    await withTransaction(t.db, (tx) => takeBackPayment(tx, { step, accountId, paymentId, amountMinor: 90_00n, cash }));
    expect(await held()).toEqual({ dispute: 3_000, plan: 5_000 });
  });
});
