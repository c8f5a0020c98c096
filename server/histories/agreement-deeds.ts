import { addDays, localDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordImportedCreditNotes } from "#server/domains/adjustments/index.ts";
import { schedulePayment, setUpAutopay, stopAutopay } from "#server/domains/autopay/index.ts";
import { fileDispute, resolveDispute, takeDisputeStep } from "#server/domains/disputes/index.ts";
import { voidInvoice } from "#server/domains/invoices/index.ts";
import { recordImportedPayments } from "#server/domains/payments/index.ts";
import { acceptPlan, finishPlan, offerPlan, promiseToPay } from "#server/domains/plans/index.ts";

import { type Doing, one, partOf } from "./doing.ts";

export async function voidBill({ world, home, pick, key }: Doing): Promise<void> {
  const bill = one((await world.payable(home)).bills, pick);
  if (!bill) return;
  const { invoiceId } = bill;
  await voidInvoice({
    ctx: world.ctx(),
    input: { accountId: home.accountId, invoiceId, reason: "Sent twice", idempotencyKey: key },
  });
}

export async function dispute({ world, home, pick, share, key }: Doing): Promise<void> {
  const bill = one((await world.payable(home)).bills, pick);
  if (!bill) return;
  await fileDispute({
    ctx: world.ctx(),
    input: {
      ...{ accountId: home.accountId, invoiceId: bill.invoiceId, lineId: null, reason: "wrong_amount" },
      ...{ amountMinor: partOf(bill.payableMinor, share), description: "That is not what we used.", fileIds: [] },
      clientKey: `${key.replace(/\D/g, "").padStart(8, "0").slice(-8)}-0000-7000-8000-000000000000`,
    },
  });
}

/** A case on its way: looked into, decided, appealed or withdrawn, whichever its state lets happen. */
export async function decideDispute({ world, home, pick, share, key }: Doing): Promise<void> {
  const rows = await world.t.sql<{ id: string; amount: string }[]>`
    select id, amount_minor as amount from disputes where account_id = ${home.accountId} order by id`;
  const row = one(rows, pick);
  if (!row) return;
  const { id: disputeId } = row;
  const step = one(["acknowledge", "investigate", "appeal", "withdraw", "reopen"] as const, share) ?? "acknowledge";
  await takeDisputeStep({ ctx: world.ctx(), input: { disputeId, step, note: "It is still not right." } });
  const outcome = one(["for_customer", "partially", "denied"] as const, pick) ?? "denied";
  const amountMinor = outcome === "partially" ? partOf(BigInt(row.amount), share % 100) : null;
  await resolveDispute({
    ctx: world.ctx(),
    input: {
      ...{ disputeId, outcome, amountMinor, creditKind: pick % 2 === 0 ? "credit_note" : "goodwill" },
      ...{ reason: "We read the meter again.", idempotencyKey: key },
    },
  });
}

export async function plan({ world, home, share, key }: Doing): Promise<void> {
  const { bills } = await world.payable(home);
  const offered = await offerPlan({
    ctx: world.ctx(),
    input: {
      ...{
        accountId: home.accountId,
        invoiceIds: bills.filter(({ payableMinor }) => payableMinor > 0n).map((bill) => bill.invoiceId),
      },
      ...{ downMinor: 0n, instalments: 2 + (share % 3), every: "week", firstOn: addDays(world.today(), 12) },
      ...{ conversationId: null, countersId: null, note: null, seenVersion: null, idempotencyKey: key },
    },
  });
  if (!offered.ok) return;
  const { planId } = offered.value;
  const mandate = { methodId: home.methodId, mandateText: "I agree.", ip: null };
  await acceptPlan({ ctx: world.ctx(), input: { planId, ...mandate } });
}

export async function endPlan({ world, home, pick, key }: Doing): Promise<void> {
  const rows = await world.t.sql<{ id: string }[]>`
    select id from plans where account_id = ${home.accountId} and state = 'active' order by id`;
  const row = one(rows, pick);
  if (!row) return;
  await finishPlan({
    ctx: world.ctx(),
    input: { planId: row.id, methodId: home.methodId, feeSeenMinor: 0n, idempotencyKey: key },
  });
}

export async function payLater({ world, home, pick, key }: Doing): Promise<void> {
  const bill = one((await world.payable(home)).bills, pick);
  if (!bill || bill.payableMinor <= 0n) return;
  await schedulePayment({
    ctx: world.ctx(),
    input: {
      ...{ accountId: home.accountId, bills: [{ invoiceId: bill.invoiceId, amountMinor: bill.payableMinor }] },
      ...{ payOn: addDays(world.today(), 2), methodId: home.methodId, seenVersion: null, idempotencyKey: key },
    },
  });
}

export async function autopay({ world, home, pick }: Doing): Promise<void> {
  const { accountId, methodId } = home;
  if (pick % 3 === 0) return void (await stopAutopay({ ctx: world.ctx(), input: { accountId } }));
  const wish = { amountKind: "full_balance" as const, fixedMinor: null, daysBeforeDue: 0 };
  const mandate = { mandateText: "I authorize it.", ip: null };
  await setUpAutopay({ ctx: world.ctx(), input: { accountId, methodId, ...wish, ...mandate } });
}

export async function promise({ world, home, key }: Doing): Promise<void> {
  const promisedOn = addDays(world.today(), 3);
  await promiseToPay({
    ctx: world.ctx(),
    input: { accountId: home.accountId, promisedOn, note: null, idempotencyKey: key },
  });
}

/** What a file brings: a payment of one bill, and a credit note that was paid out. */
export async function importFile({ world, home, pick, key }: Doing): Promise<void> {
  const { accountId, currency } = home;
  const bill = one((await world.payable(home)).bills, pick);
  const issuedOn = localDate("2027-12-01");
  await withTransaction(world.t.db, async (tx) => {
    if (bill && bill.payableMinor > 0n) {
      const amount = money(bill.payableMinor, currency);
      await recordImportedPayments(tx, [{ accountId, invoiceId: bill.invoiceId, amount, paidOn: world.today(), key }]);
    }
    const note = {
      amount: world.amountOf(home, 700),
      taxMinor: 0n,
      issuedOn,
      paidOn: pick % 2 === 0 ? issuedOn : null,
    };
    await recordImportedCreditNotes(tx, [{ accountId, number: key, ...note, key: `note ${key}` }]);
  });
}
