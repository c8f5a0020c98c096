import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { localDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { createAccounts } from "#server/domains/accounts/index.ts";
import { applyCredit } from "#server/domains/adjustments/index.ts";
import { issueInvoice } from "#server/domains/invoices/index.ts";
import {
  bouncePayment,
  getPayPlan,
  getRefundable,
  processEvent,
  receiveEvent,
  recordDeposit,
  recordManualPayment,
  recordPayout,
  refundPayment,
  startPayment,
} from "#server/domains/payments/index.ts";
import { startStandIn, type StandIn } from "#server/testing/stand-in.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { proveBooks } from "./index.ts";

const USD = currency("USD");
const today = localDate("2026-11-23");
const runs = Number(process.env["REMIT_PROPERTY_RUNS"] ?? 6);
let t: TestDatabase;
let standIn: StandIn;
let place = 0;

beforeAll(async () => {
  t = await createTestDatabase();
  standIn = await startStandIn(t, new Date("2026-11-23T15:00:00Z"));
});
afterAll(async () => {
  await standIn.stop();
  await t.drop();
});

const ctx = () => testCtx(t.db, { processor: standIn.processor, now: standIn.now() });

/** One thing that somebody does; `pick` chooses among what there is, `share` is how much of it, in percent. */
type Deed = {
  what: "bill" | "card" | "by hand" | "refund" | "fail" | "credit" | "bounce" | "deposit" | "payout";
  pick: number;
  share: number;
  twice: boolean;
};

const deed: fc.Arbitrary<Deed> = fc.record({
  what: fc.constantFrom(
    ...(["bill", "card", "by hand", "refund", "refund", "refund", "fail"] as const),
    ...(["credit", "bounce", "deposit", "payout"] as const),
  ),
  pick: fc.nat(20),
  share: fc.integer({ min: 1, max: 130 }),
  twice: fc.boolean(),
});

const partOf = (minor: bigint, share: number): bigint => (minor * BigInt(share)) / 100n;
const one = <T>(items: readonly T[], pick: number): T | undefined => items[pick % Math.max(items.length, 1)];

type World = { accountId: string; payments: string[]; hands: string[] };

async function born(): Promise<World> {
  const account = { number: `M-${(place += 1)}`, name: "Ada", currency: USD, zone: "UTC" };
  const { value } = await createAccounts({ ctx: ctx(), input: { accounts: [account] } });
  return { accountId: value[0]?.id ?? "", payments: [], hands: [] };
}

/** Done by whom it may; what is refused changes nothing, which the books prove too. */
async function act(world: World, { what, pick, share }: Deed, key: string): Promise<void> {
  const { accountId } = world;
  switch (what) {
    case "bill":
      await issueInvoice({
        ctx: ctx(),
        input: {
          ...{ accountId, issuedOn: localDate("2026-11-01"), dueOn: localDate("2026-11-22"), idempotencyKey: key },
          lines: [{ description: "Water", unitPrice: `${String(20 + pick)}.50`, taxMinor: BigInt(share) }],
        },
      });
      return;
    case "card":
    case "by hand":
      return pay(world, { online: what === "card", pick, share, key });
    case "refund":
      return giveBack(world, { pick, share, key });
    case "fail": {
      const rows = await t.sql<{ id: string }[]>`
        select r.processor_id as id from refunds r where r.account_id = ${accountId} and r.state = 'succeeded'
        and r.processor_id is not null order by r.id`;
      const row = one(rows, pick);
      if (row) await standIn.press(`/refunds/${row.id}/fail`);
      for (const delivery of await standIn.deliveries()) {
        await receiveEvent({ ctx: ctx(), input: delivery });
        await processEvent(ctx(), (JSON.parse(delivery.raw) as { id: string }).id);
      }
      return;
    }
    case "credit": {
      const plan = await getPayPlan(t.db, { accountId, today });
      const bill = one(plan.bills, pick);
      await applyCredit({
        ctx: ctx(),
        input: {
          ...{ accountId, kind: pick % 2 === 0 ? "goodwill" : "credit_note", amount: money(BigInt(share * 10), USD) },
          ...{ reason: "billed_wrong", invoiceId: bill?.invoiceId ?? null, conversationId: null, idempotencyKey: key },
        },
      });
      return;
    }
    case "bounce": {
      const paymentId = one(world.hands, pick);
      const told = { bouncedOn: today, reason: "Not sufficient funds", idempotencyKey: key };
      if (paymentId !== undefined) await bouncePayment({ ctx: ctx(), input: { paymentId, ...told } });
      return;
    }
    case "deposit": {
      const paymentIds = world.hands.slice(0, 1 + (pick % 3));
      const slip = { paymentIds, depositedOn: today, reference: null, idempotencyKey: key };
      await recordDeposit({ ctx: ctx(), input: slip });
      return;
    }
    case "payout":
      await recordPayout(ctx(), {
        ...{ id: `po_${String(pick)}`, amount: money(100n, USD), failureCode: null },
        state: one(["created", "arrived", "failed"] as const, share) ?? "created",
        ...{ createdAt: standIn.now(), arrivesAt: standIn.now() },
      });
  }
}

type Paying = { online: boolean; pick: number; share: number; key: string };

async function pay(world: World, { online, pick, share, key }: Paying): Promise<void> {
  const { accountId } = world;
  const plan = await getPayPlan(t.db, { accountId, today });
  const due = plan.bills.reduce((sum, bill) => sum + bill.payableMinor, 0n);
  let amountMinor = partOf(due, share);
  if (amountMinor < 100n) amountMinor = 100n;
  let left = amountMinor;
  const bills = plan.bills.flatMap(({ invoiceId, payableMinor }) => {
    const part = payableMinor < left ? payableMinor : left;
    left -= part;
    return part > 0n ? [{ invoiceId, amountMinor: part }] : [];
  });
  if (online) {
    const means = { kind: "token" as const, confirmationToken: await standIn.token("pm_card_visa"), save: false };
    const asked = { accountId, amountMinor, bills, means, seenVersion: null, creditAllowed: true, idempotencyKey: key };
    const done = await startPayment({ ctx: ctx(), input: asked });
    if (done.ok) world.payments.push(done.value.paymentId);
    return;
  }
  const kind = one(["check", "cash", "transfer"] as const, pick) ?? "check";
  const told = { receivedOn: today, reference: null, idempotencyKey: key };
  const done = await recordManualPayment({ ctx: ctx(), input: { accountId, kind, amountMinor, bills, ...told } });
  if (!done.ok) return;
  if (!world.hands.includes(done.value.paymentId)) world.hands.push(done.value.paymentId);
}

async function giveBack(world: World, { pick, share, key }: Omit<Paying, "online">): Promise<void> {
  const paymentId = one([...world.payments, ...world.hands], pick);
  if (paymentId === undefined) return;
  const cause = one(["billed_wrong", "overpaid", "goodwill", "reopen"] as const, share) ?? "reopen";
  const { bills, overpaid } = await getRefundable(t.db, paymentId);
  const parts = bills
    .map(({ invoiceId, onBill }) => ({ invoiceId, amountMinor: partOf(onBill.amountMinor, share) }))
    .filter((part) => part.amountMinor > 0n);
  const sum = parts.reduce((total, part) => total + part.amountMinor, 0n);
  const amountMinor = cause === "overpaid" ? partOf(overpaid.amountMinor, share) : sum;
  await refundPayment({
    ctx: ctx(),
    input: {
      ...{ paymentId, cause, amountMinor, perBill: cause === "overpaid" ? null : parts, feeBack: null, note: null },
      ...{ conversationId: null, idempotencyKey: key },
    },
  });
}

describe("money back in any order, with replays", () => {
  it("leaves books that pass every check after each step", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 8, maxLength: 24 }), async (deeds) => {
        const world = await born();
        for (const first of [0, 1, 2])
          await act(world, { what: "bill", pick: first, share: 50, twice: false }, `b ${(place += 1)}`);
        for (const step of deeds) {
          const key = `deed ${(place += 1)}`;
          await act(world, step, key);
          if (step.twice) await act(world, step, key);
          const { checks } = await proveBooks({ ctx: ctx(), input: { asOf: null } });
          expect(checks.filter((check) => !check.ok).map(({ id, found }) => ({ id, found, step }))).toEqual([]);
        }
      }),
      { numRuns: runs, endOnFailure: true },
    );
  }, 300_000);
});
