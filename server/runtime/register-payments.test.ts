import { sql } from "drizzle-orm";
import { expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { localDate } from "#app/contracts/local-date.ts";
import { createAccounts } from "#server/domains/accounts/index.ts";
import { issueInvoice } from "#server/domains/invoices/index.ts";
import { getPayment, type PaymentRequest, startPayment } from "#server/domains/payments/index.ts";
import { createRelay } from "#server/events/relay.ts";
import { type Processor } from "#server/platform/processor.ts";
import { testCtx } from "#server/testing/test-ctx.ts";
import { useStandIn } from "#server/testing/use-stand-in.ts";

import { registerPayments } from "./register-payments.ts";

const MINUTE = 60_000;
const desk = useStandIn();

const ctx = (processor: Processor = desk.standIn.processor) =>
  testCtx(desk.t.db, { processor, now: desk.standIn.now() });

/** Somebody who owes 100.00. */
async function owing(number: string) {
  const accounts = [{ number, name: "Ada", email: null, currency: currency("USD"), zone: "UTC" }];
  const { value } = await createAccounts({ ctx: ctx(), input: { accounts } });
  const accountId = value[0]?.id ?? "";
  const dates = { issuedOn: localDate("2026-11-01"), dueOn: localDate("2026-11-22") };
  const lines = [{ description: "Water", unitPrice: "100.00" }];
  const issued = await issueInvoice({ ctx: ctx(), input: { accountId, ...dates, lines, idempotencyKey: number } });
  if (!issued.ok) throw new Error(issued.reason);
  return { accountId, invoiceId: issued.value.invoiceId };
}

/** A payment that was recorded while the processor did not answer. */
async function unanswered(number: string): Promise<string> {
  const { accountId, invoiceId } = await owing(number);
  const input: PaymentRequest = {
    ...{ accountId, amountMinor: 100_00n, bills: [{ invoiceId, amountMinor: 100_00n }] },
    ...{ seenVersion: null, creditAllowed: false, idempotencyKey: `pay ${number}` },
    means: { kind: "token", confirmationToken: await desk.standIn.token("pm_card_visa"), save: false },
  };
  const silent: Processor = { ...desk.standIn.processor, startIntent: () => Promise.resolve({ known: false }) };
  const started = await startPayment({ ctx: ctx(silent), input });
  if (!started.ok) throw new Error(started.reason);
  return started.value.paymentId;
}

it("a payment that cannot be swept is reported, and keeps no other payment and no event waiting", async () => {
  const broken = await unanswered("SW-1");
  const other = await unanswered("SW-2");
  await desk.t.db.execute(sql`
    insert into processor_events (id, type, payload, event_created_at, received_at)
    values ('evt_lost', 'payout.paid', '{}', now(), now() - interval '1 minute')`);
  await desk.standIn.advance(MINUTE);
  const processor: Processor = {
    ...desk.standIn.processor,
    findIntent: (asked) =>
      asked.paymentId === broken
        ? Promise.reject(new Error("an answer that nobody expected"))
        : desk.standIn.processor.findIntent(asked),
  };
  const queued: object[] = [];
  const told: { err: unknown; words: string }[] = [];
  const say = () => undefined;
  const log = {
    info: say,
    warn: say,
    error: (facts: object, words: string) => void told.push({ ...facts, words } as never),
  };
  const sweep = registerPayments({
    ...{ db: desk.t.db, log, systemCtx: () => ctx(processor) },
    relay: createRelay({ db: desk.t.db, log }),
    jobs: {
      register: () => undefined,
      add: (_name, payload) => Promise.resolve(void queued.push(payload)),
      start: () => Promise.resolve(),
      stop: () => Promise.resolve(),
    },
  });
  sweep.wake();
  await sweep.stop();

  expect(queued).toEqual([{ eventId: "evt_lost" }]);
  expect((await getPayment(desk.t.db, other)).state).toBe("settled");
  expect((await getPayment(desk.t.db, broken)).state).toBe("requested");
  expect(told).toMatchObject([
    { words: "the payment sweep failed", err: { errors: [{ message: "an answer that nobody expected" }] } },
  ]);
});
