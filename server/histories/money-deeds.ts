import { money } from "#app/contracts/money.ts";
import { applyCredit } from "#server/domains/adjustments/index.ts";
import {
  bouncePayment,
  getRefundable,
  recordDeposit,
  recordManualPayment,
  recordPayout,
  refundPayment,
  startPayment,
  useCredit,
} from "#server/domains/payments/index.ts";

import { amountFor, type Doing, one, partOf, spread } from "./doing.ts";

export const payWith = (token: (share: number) => string) => async (doing: Doing) => {
  const { world, home, share, key } = doing;
  const amountMinor = await amountFor(doing);
  const means = { kind: "token" as const, confirmationToken: await world.standIn.token(token(share)), save: false };
  const started = await startPayment({
    ctx: world.ctx(),
    input: {
      ...{ accountId: home.accountId, amountMinor, bills: await spread(doing, amountMinor), means },
      ...{ seenVersion: null, creditAllowed: true, idempotencyKey: key },
    },
  });
  if (started.ok && !home.payments.includes(started.value.paymentId)) home.payments.push(started.value.paymentId);
};

export async function payByHand(doing: Doing): Promise<void> {
  const { world, home, pick, key } = doing;
  const amountMinor = await amountFor(doing);
  const done = await recordManualPayment({
    ctx: world.ctx(),
    input: {
      ...{ accountId: home.accountId, kind: one(["check", "cash", "transfer"] as const, pick) ?? "check", amountMinor },
      ...{ bills: await spread(doing, amountMinor), receivedOn: world.today(), reference: null, idempotencyKey: key },
    },
  });
  if (done.ok && !home.hands.includes(done.value.paymentId)) home.hands.push(done.value.paymentId);
}

export async function refund({ world, home, pick, share, key }: Doing): Promise<void> {
  const paymentId = one([...home.payments, ...home.hands], pick);
  if (paymentId === undefined) return;
  const cause = one(["billed_wrong", "overpaid", "goodwill", "reopen"] as const, share) ?? "reopen";
  const { bills, overpaid } = await getRefundable(world.t.db, paymentId);
  const parts = bills
    .map(({ invoiceId, onBill }) => ({ invoiceId, amountMinor: partOf(onBill.amountMinor, share) }))
    .filter((part) => part.amountMinor > 0n);
  const sum = parts.reduce((total, part) => total + part.amountMinor, 0n);
  const amountMinor = cause === "overpaid" ? partOf(overpaid.amountMinor, share) : sum;
  await refundPayment({
    ctx: world.ctx(),
    input: {
      ...{ paymentId, cause, amountMinor, perBill: cause === "overpaid" ? null : parts, feeBack: null, note: null },
      ...{ conversationId: null, idempotencyKey: key },
    },
  });
}

export async function failRefund({ world, home, pick }: Doing): Promise<void> {
  const rows = await world.t.sql<{ id: string }[]>`
    select processor_id as id from refunds where account_id = ${home.accountId} and state = 'succeeded'
    and processor_id is not null order by id`;
  const row = one(rows, pick);
  if (row) await world.standIn.press(`/refunds/${row.id}/fail`);
  await world.listen(true);
}

/** A goodwill credit or a credit note on a bill, of some of it or of all that stands on it, or one for whatever comes. */
export async function credit({ world, home, pick, share, key }: Doing): Promise<void> {
  const rows = await world.t.sql<{ id: string; stands: string }[]>`
    select id, open_minor + written_off_minor as stands from invoices where account_id = ${home.accountId}
    order by written_off_minor desc, id`;
  const bill = one(rows, pick);
  const all = money(BigInt(bill?.stands ?? 0), home.currency);
  await applyCredit({
    ctx: world.ctx(),
    input: {
      ...{ accountId: home.accountId, kind: pick % 2 === 0 ? "goodwill" : "credit_note", reason: "billed_wrong" },
      amount: share > 100 && all.amountMinor > 0n ? all : world.amountOf(home, share * 10),
      ...{ invoiceId: pick % 7 === 6 ? null : (bill?.id ?? null), conversationId: null, idempotencyKey: key },
    },
  });
}

export async function spendCredit({ world, home, pick, key }: Doing): Promise<void> {
  const bill = one((await world.payable(home)).bills, pick);
  const { accountId } = home;
  if (bill) await useCredit({ ctx: world.ctx(), input: { accountId, invoiceId: bill.invoiceId, idempotencyKey: key } });
}

export async function bounce({ world, home, pick, key }: Doing): Promise<void> {
  const paymentId = one(home.hands, pick);
  if (paymentId === undefined) return;
  const told = { bouncedOn: world.today(), reason: "Not sufficient funds", idempotencyKey: key };
  await bouncePayment({ ctx: world.ctx(), input: { paymentId, ...told } });
}

export async function deposit({ world, home, pick, key }: Doing): Promise<void> {
  const paymentIds = home.hands.slice(0, 1 + (pick % 3));
  const slip = { paymentIds, depositedOn: world.today(), reference: null, idempotencyKey: key };
  await recordDeposit({ ctx: world.ctx(), input: slip });
}

/** A payout goes one way: created, then arrived or failed; an arrived one may come back. */
export async function payout({ world, home, pick, share, key }: Doing): Promise<void> {
  const path = one(
    [["created"], ["created", "arrived"], ["created", "failed"], ["created", "arrived", "failed"]] as const,
    share,
  );
  for (const state of path ?? []) {
    await recordPayout(world.ctx(), {
      ...{
        id: `po_${key.replace(/\W/g, "_")}_${String(pick)}`,
        amount: world.amountOf(home, 100),
        failureCode: null,
        state,
      },
      ...{ createdAt: world.standIn.now(), arrivesAt: world.standIn.now() },
    });
  }
}

/** The card network decides by the evidence. */
export async function decideChargebacks({ world, home, pick }: Doing): Promise<void> {
  const rows = await world.t.sql<{ id: string }[]>`
    select processor_id as id from chargebacks where account_id = ${home.accountId} 
    and state in ('opened', 'evidence_due') order by id`;
  const row = one(rows, pick);
  const text = pick % 2 === 0 ? "winning_evidence" : "losing_evidence";
  if (row) await world.standIn.stripe.disputes.update(row.id, { evidence: { uncategorized_text: text }, submit: true });
  await world.live(1);
}
