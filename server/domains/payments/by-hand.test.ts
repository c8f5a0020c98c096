import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { localDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { auditEntries, invoices, payments, processorEvents } from "#db/schema/index.ts";
import { type PayoutFacts } from "#server/platform/processor.ts";
import { testCtx } from "#server/testing/test-ctx.ts";
import { useStandIn } from "#server/testing/use-stand-in.ts";

import {
  bouncePayment,
  countParkedEvents,
  listLosses,
  listParkedEvents,
  processEvent,
  receiveEvent,
  recordDeposit,
  recordManualPayment,
  recordPayout,
  refundPayment,
  startPayment,
  workOffEvent,
} from "./index.ts";
import { oweHundred } from "./test-owing.ts";

const USD = currency("USD");
const DAY = 24 * 3_600_000;
const desk = useStandIn();
let place = 0;

const ctx = () => testCtx(desk.t.db, { processor: desk.standIn.processor, now: desk.standIn.now() });

function owing() {
  place += 1;
  return oweHundred(ctx(), { number: `H-${place}`, email: "ada@demo.test" });
}

/** Brings 110.00: 100.00 on the bill, 10.00 on none. */
async function brought(kind: "check" | "cash" | "transfer") {
  const { accountId, invoiceId } = await owing();
  const recorded = await recordManualPayment({
    ctx: ctx(),
    input: {
      ...{ accountId, kind, amountMinor: 110_00n, bills: [{ invoiceId, amountMinor: 100_00n }], reference: "1042" },
      ...{ receivedOn: localDate("2026-11-20"), idempotencyKey: `hand ${(place += 1)}` },
    },
  });
  if (!recorded.ok) throw new Error(recorded.reason);
  return { accountId, invoiceId, paymentId: recorded.value.paymentId };
}

const bounce = (paymentId: string, more: object = {}) =>
  bouncePayment({
    ctx: ctx(),
    input: {
      ...{ paymentId, bouncedOn: localDate("2026-11-23"), reason: "Not sufficient funds" },
      ...{ idempotencyKey: `bounce ${paymentId}`, ...more },
    },
  });
const deposit = (paymentIds: string[], more: object = {}) =>
  recordDeposit({
    ctx: ctx(),
    input: {
      ...{ paymentIds, depositedOn: localDate("2026-11-23"), reference: "SLIP-7" },
      ...{ idempotencyKey: `deposit ${paymentIds.join(" ")}`, ...more },
    },
  });

const openOf = async (id: string) =>
  (await desk.t.db.select({ open: invoices.openMinor }).from(invoices).where(eq(invoices.id, id)))[0]?.open;

/** The newest journal of a kind, or of a kind and one of the processor's objects. */
async function journalOf(kind: string, { source = null }: { source?: string | null } = {}) {
  const rows = await desk.t.sql<{ account: string; minor: string }[]>`
    select a.kind as account, sum(e.amount_minor)::text as minor from journals j
    join entries e on e.journal_number = j.number join ledger_accounts a on a.id = e.ledger_account_id
    where j.number = (select max(number) from journals
      where kind = ${kind}::journal_kind and (${source}::text is null or source = ${source}))
    group by 1`;
  return Object.fromEntries(rows.map((row) => [row.account, Number(row.minor)]));
}

describe("a check that bounced", () => {
  it("not yet deposited: its bill is owed again, its credit is gone, out of undeposited funds", async () => {
    const of = await brought("check");
    expect(await bounce(of.paymentId)).toMatchObject({ ok: true, value: { fresh: true } });
    expect(await journalOf("payment_bounced")).toEqual({ receivable: 10000, unapplied: 1000, undeposited: -11000 });
    expect(await openOf(of.invoiceId)).toBe(100_00n);
    expect(await deposit([of.paymentId])).toMatchObject({ reason: "not_undeposited" });
  });

  it("deposited before: out of bank", async () => {
    const of = await brought("check");
    await deposit([of.paymentId]);
    await bounce(of.paymentId);
    expect(await journalOf("payment_bounced")).toEqual({ receivable: 10000, unapplied: 1000, bank: -11000 });
  });

  it("what a refund had given of it is a loss, listed for a person; it cannot be refunded any more", async () => {
    const of = await brought("check");
    const refund = {
      ...{ paymentId: of.paymentId, cause: "overpaid" as const, perBill: null, feeBack: null, note: null },
      ...{ conversationId: null },
    };
    await refundPayment({ ctx: ctx(), input: { ...refund, amountMinor: 10_00n, idempotencyKey: `r ${(place += 1)}` } });
    await bounce(of.paymentId);
    expect(await journalOf("payment_bounced")).toEqual({
      receivable: 10000,
      chargeback_losses: 1000,
      undeposited: -11000,
    });
    const { paymentId } = of;
    const loss = { paymentId, label: "Check 1042", amount: money(10_00n, USD), takenOn: "2026-11-23" };
    expect(await listLosses(desk.t.db)).toMatchObject([loss]);
    expect(await listLosses(desk.t.db, { paymentId })).toMatchObject([loss]);
    expect(await listLosses(desk.t.db, { paymentId: crypto.randomUUID() })).toEqual([]);
    const again = await refundPayment({
      ctx: ctx(),
      input: { ...refund, amountMinor: 1n, idempotencyKey: `r ${(place += 1)}` },
    });
    expect(again).toMatchObject({ reason: "more_than_paid", leftMinor: 0n });
  });

  it("ten at once, and told again, is booked once", async () => {
    const of = await brought("transfer");
    const answers = await Promise.all(Array.from({ length: 10 }, () => bounce(of.paymentId)));
    expect(answers.filter((answer) => answer.ok && answer.value.fresh)).toHaveLength(1);
    expect(await bounce(of.paymentId, { idempotencyKey: "another form" })).toMatchObject({ reason: "bounced_already" });
    const [row] = await desk.t.db.select().from(payments).where(eq(payments.id, of.paymentId));
    expect(row).toMatchObject({ returnedMinor: 110_00n, bouncedOn: "2026-11-23" });
  });

  it("cash cannot, nor a check on a day that cannot be", async () => {
    const [cash, check] = [await brought("cash"), await brought("check")];
    expect(await bounce(cash.paymentId)).toMatchObject({ reason: "cannot_bounce" });
    expect(await bounce(check.paymentId, { bouncedOn: localDate("2026-11-19") })).toMatchObject({
      reason: "before_it_came",
    });
    expect(await bounce(check.paymentId, { bouncedOn: localDate("2026-11-24") })).toMatchObject({
      reason: "in_the_future",
    });
  });
});

describe("a deposit", () => {
  it("brings checks and cash of several accounts to the bank on one slip, once", async () => {
    const [check, cash] = [await brought("check"), await brought("cash")];
    const slip = [check.paymentId, cash.paymentId];
    const answers = await Promise.all(Array.from({ length: 10 }, () => deposit(slip)));
    expect(new Set(answers.map((answer) => (answer.ok ? answer.value.depositId : answer.reason))).size).toBe(1);
    expect(await journalOf("deposit")).toEqual({ bank: 22000, undeposited: -22000 });
    expect(await deposit(slip, { idempotencyKey: "again" })).toMatchObject({ reason: "not_undeposited" });
    expect(await deposit(slip, { reference: "SLIP-8" })).toMatchObject({ reason: "key_reused_with_other_input" });
  });

  it("two slips at once never bring one check twice", async () => {
    const of = await brought("check");
    const answers = await Promise.all(
      ["a", "b", "c"].map((key) => deposit([of.paymentId], { idempotencyKey: `${key} ${of.paymentId}` })),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  });

  it("takes neither transfers nor nothing", async () => {
    const of = await brought("transfer");
    expect(await deposit([of.paymentId])).toMatchObject({ reason: "not_undeposited" });
    expect(await deposit([])).toMatchObject({ reason: "nothing_to_deposit" });
    expect(await deposit([of.paymentId], { depositedOn: localDate("2026-11-24") })).toMatchObject({
      reason: "in_the_future",
    });
  });
});

async function hear(order: "as sent" | "reversed and doubled" = "as sent"): Promise<void> {
  const sent = await desk.standIn.deliveries();
  for (const delivery of order === "as sent" ? sent : [...sent, ...sent].reverse()) {
    await receiveEvent({ ctx: ctx(), input: delivery });
    await processEvent(ctx(), (JSON.parse(delivery.raw) as { id: string }).id);
  }
}

/** Money on the stand-in's balance that may be paid out. */
async function earned(): Promise<void> {
  const { accountId, invoiceId } = await owing();
  const confirmationToken = await desk.standIn.token("pm_card_bypassPending");
  const paid = await startPayment({
    ctx: ctx(),
    input: {
      ...{ accountId, amountMinor: 100_00n, bills: [{ invoiceId, amountMinor: 100_00n }], seenVersion: null },
      ...{
        means: { kind: "token", confirmationToken, save: false },
        creditAllowed: false,
        idempotencyKey: `e ${place}`,
      },
    },
  });
  if (!paid.ok || paid.value.state !== "settled") throw new Error("the test's own payment failed");
  await hear();
}

describe("a payout", () => {
  it("created, arrived, failed after arriving: each booked as it is told, in any order and twice", async () => {
    await earned();
    const { id } = await desk.standIn.stripe.payouts.create({ amount: 50_00, currency: "usd" });
    await hear("reversed and doubled");
    expect(await journalOf("payout_created", { source: id })).toEqual({ payouts_in_transit: 5000, clearing: -5000 });
    await desk.standIn.advance(5 * DAY);
    await hear("reversed and doubled");
    expect(await journalOf("payout_arrived", { source: id })).toEqual({ bank: 5000, payouts_in_transit: -5000 });
    await desk.standIn.press(`/payouts/${id}/fail`);
    await hear("reversed and doubled");
    expect(await journalOf("payout_failed_after_arriving", { source: id })).toEqual({ clearing: 5000, bank: -5000 });
    expect(await journalOf("payout_failed", { source: id })).toEqual({});
    expect((await listParkedEvents(desk.t.db)).filter((event) => event.type.startsWith("payout."))).toEqual([]);
  });

  it("that failed on its way, or arrived before we heard of it, leaves nothing in transit", async () => {
    const facts = (id: string, state: PayoutFacts["state"]): PayoutFacts => ({
      ...{ id, amount: money(7_00n, USD), state, failureCode: null },
      ...{ createdAt: new Date("2026-11-23T15:00:00Z"), arrivesAt: new Date("2026-11-25T15:00:00Z") },
    });
    await recordPayout(ctx(), facts("po_1", "created"));
    await recordPayout(ctx(), facts("po_1", "failed"));
    expect(await journalOf("payout_failed", { source: "po_1" })).toEqual({ clearing: 700, payouts_in_transit: -700 });
    await Promise.all(Array.from({ length: 5 }, () => recordPayout(ctx(), facts("po_2", "arrived"))));
    expect(await journalOf("payout_created", { source: "po_2" })).toEqual({ payouts_in_transit: 700, clearing: -700 });
    expect(await journalOf("payout_arrived", { source: "po_2" })).toEqual({ bank: 700, payouts_in_transit: -700 });
    await recordPayout(ctx(), facts("po_2", "created"));
    const rows = await desk.t.sql<{ n: string }[]>`select count(*) as n from journals where source in ('po_1', 'po_2')`;
    expect(rows[0]?.n).toBe("4");
  });
});

describe("a parked event", () => {
  async function parked(type: string) {
    const id = `evt_${(place += 1)}`;
    const payload = { data: { object: { id: "obj_1", object: "thing" } } };
    const times = { eventCreatedAt: new Date(), parkedAt: new Date(), parkedReason: "no_handler" };
    await desk.t.db.insert(processorEvents).values({ id, type, payload, ...times });
    return id;
  }

  it("put aside with a reason leaves the list and stands in the audit log", async () => {
    const eventId = await parked("radar.early_fraud_warning.created");
    expect(await workOffEvent({ ctx: ctx(), input: { eventId, how: "seen", reason: " " } })).toMatchObject({
      reason: "reason_needed",
    });
    const input = { eventId, how: "seen" as const, reason: "Looked into: a test charge" };
    const before = await countParkedEvents(desk.t.db);
    expect(await workOffEvent({ ctx: ctx(), input })).toMatchObject({ ok: true });
    expect(await workOffEvent({ ctx: ctx(), input })).toMatchObject({ reason: "not_parked" });
    expect((await listParkedEvents(desk.t.db)).map((event) => event.id)).not.toContain(eventId);
    expect(await countParkedEvents(desk.t.db)).toBe(before - 1);
    const [line] = await desk.t.db.select().from(auditEntries).where(eq(auditEntries.subjectId, eventId));
    expect(line).toMatchObject({ action: "event.seen", reason: "Looked into: a test charge" });
  });

  it("tried again is done when we know it now, else parked again with why", async () => {
    const [known, unknown] = [await parked("charge.refunded"), await parked("radar.early_fraud_warning.created")];
    expect(await workOffEvent({ ctx: ctx(), input: { eventId: known, how: "again" } })).toMatchObject({ ok: true });
    expect(await workOffEvent({ ctx: ctx(), input: { eventId: unknown, how: "again" } })).toMatchObject({
      ...{ reason: "still_parked", why: "no_handler" },
    });
    const listed = (await listParkedEvents(desk.t.db)).map((event) => event.id);
    expect([listed.includes(known), listed.includes(unknown)]).toEqual([false, true]);
    const told = await desk.t.sql<{ name: string; n: number }[]>`
      select name, count(*)::int as n from outbox where payload->>'eventId' in (${known}, ${unknown})
      group by name order by name`;
    expect([...told]).toEqual([
      { name: "processor_event.parked", n: 1 },
      { name: "processor_event.worked_off", n: 2 },
    ]);
  });
});
