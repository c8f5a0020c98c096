import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { localDate, localDateOf } from "#app/contracts/local-date.ts";
import { payments } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { createAccounts } from "#server/domains/accounts/index.ts";
import { issueInvoice } from "#server/domains/invoices/index.ts";
import { receiveEvent, startPayment } from "#server/domains/payments/index.ts";
import { createRelay, type Relay } from "#server/events/relay.ts";
import { type StandIn, startStandIn } from "#server/testing/stand-in.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { workOffInbox } from "./work-off-inbox.ts";

let t: TestDatabase;
let standIn: StandIn;
let relay: Relay;
/** What the application's duties of each day find in the books. */
const found: [day: string, state: string | undefined][] = [];
/** What came of events, in the order in which the days knew of it. */
const heard: string[] = [];

const ctx = () => testCtx(t.db, { processor: standIn.processor, now: standIn.now() });
const today = () => localDateOf(standIn.now(), "UTC");

beforeAll(async () => {
  t = await createTestDatabase();
  const log = ctxLog();
  standIn = await startStandIn(t, new Date("2026-11-23T15:00:00Z"), {
    async doDuties() {
      const [payment] = await t.db.select().from(payments);
      found.push([today(), payment?.state]);
    },
    async workOff() {
      for (const delivery of standIn.delivered()) await receiveEvent({ ctx: ctx(), input: delivery });
      await workOffInbox({ db: t.db, relay, log, systemCtx: ctx });
    },
  });
  relay = createRelay({ db: t.db, log });
  relay.on("payment.changed", ({ state }) => void heard.push(`${today()} ${state}`));
});
afterAll(async () => {
  await standIn.stop();
  await t.drop();
});

const ctxLog = () => ({ info: () => undefined, warn: () => undefined, error: () => undefined });

/** Somebody who owes 100.00. */
async function owing() {
  const accounts = [{ number: "MC-1", name: "Ada", email: null, currency: currency("USD"), zone: "UTC" }];
  const { value } = await createAccounts({ ctx: ctx(), input: { accounts } });
  const accountId = value[0]?.id ?? "";
  const dates = { issuedOn: localDate("2026-11-01"), dueOn: localDate("2026-11-22") };
  const lines = [{ description: "Water", unitPrice: "100.00" }];
  const issued = await issueInvoice({ ctx: ctx(), input: { accountId, ...dates, lines, idempotencyKey: "MC-1" } });
  if (!issued.ok) throw new Error(issued.reason);
  return { accountId, invoiceId: issued.value.invoiceId };
}

it("a clock moved by many days waits on each until what the processor told that day is in the books", async () => {
  const { accountId, invoiceId } = await owing();
  const started = await startPayment({
    ctx: ctx(),
    input: {
      ...{ accountId, amountMinor: 100_00n, bills: [{ invoiceId, amountMinor: 100_00n }] },
      ...{ seenVersion: null, creditAllowed: false, idempotencyKey: "moved clock" },
      means: { kind: "token", confirmationToken: await standIn.token("pm_usBankAccount_success"), save: false },
    },
  });
  if (!started.ok) throw new Error(started.reason);
  await standIn.ask("/clock", {
    ...{ method: "POST", headers: { "content-type": "application/json" } },
    body: JSON.stringify({ days: 30 }),
  });
  const [payment] = await t.db.select().from(payments).where(eq(payments.id, started.value.paymentId));
  expect(payment?.state).toBe("settled");
  expect(found).toHaveLength(30);
  const settledOn = payment?.settledOn ?? "";
  expect(found.map(([day, state]) => [day, state])).toEqual(
    found.map(([day]) => [day, day < settledOn ? "processing" : "settled"]),
  );
  expect(heard.at(-1)).toBe(`${settledOn} settled`);
});
