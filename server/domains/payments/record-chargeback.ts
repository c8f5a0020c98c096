import { eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";

import { money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { chargebacks, payments } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { takeBackPayment } from "#server/domains/invoices/index.ts";
import { type JournalDraft, startAction } from "#server/domains/ledger/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { bug } from "#server/platform/faults.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { type DisputeFacts } from "#server/platform/processor.ts";

import { applyIntent } from "./apply-intent.ts";
import { settleChargeback } from "./settle-chargeback.ts";
import { feeLeftOf } from "./fee.ts";
import { mailAbout } from "./mail-about.ts";
import { addToPayment, lockPayment } from "./rows.ts";
import { type Chargeback, type StoredSplit, type Telling, toStoredSplit } from "./split.ts";

/**
 * Records what the network says about a settled payment: a chargeback opened, won or lost, or a bank debit that came
 * back. A fact, never refused (MONEY.md, rule 4). Telling it again, or in another order, changes nothing more. Answers
 * null, or why a person must look: a charge we do not know, or one whose settling we have not heard of yet.
 */
export async function recordChargeback(ctx: Ctx, facts: DisputeFacts): Promise<string | null> {
  const known = await findCharged(ctx, facts);
  if (!known) return "unknown_object";
  // The network may be quicker than the news that the payment had settled.
  if (known.state !== "settled" && facts.intentId !== null) {
    await applyIntent(ctx, known.id, await ctx.processor.getIntent(facts.intentId));
  }
  await withTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, known.accountId);
    const payment = await lockPayment(tx, known.id);
    if (payment.state !== "settled") throw bug("a chargeback came before its payment had settled here");
    const open = await findOrOpen({ tx }, { account, payment, facts });
    await settleChargeback({ ctx, tx }, { account, payment, facts, chargeback: open });
  });
  return null;
}

const CHARGED = { id: payments.id, accountId: payments.accountId, state: payments.state };

/** By what we know of it; where even the answer to our own call was lost, by our id on the intent. */
async function findCharged(ctx: Ctx, { intentId, chargeId }: DisputeFacts) {
  const own = intentId === null ? eq(payments.chargeId, chargeId) : eq(payments.intentId, intentId);
  const [known] = await ctx.db.select(CHARGED).from(payments).where(own);
  if (known || intentId === null) return known;
  const { paymentId } = await ctx.processor.getIntent(intentId);
  if (paymentId === null || !z.uuid().safeParse(paymentId).success) return undefined;
  const [named] = await ctx.db.select(CHARGED).from(payments).where(eq(payments.id, paymentId));
  return named;
}

async function findOrOpen({ tx }: { tx: Tx }, telling: Telling): Promise<Chargeback> {
  const { facts } = telling;
  const [known] = await tx.select().from(chargebacks).where(eq(chargebacks.processorId, facts.id)).for("update");
  if (!known) return openOne(tx, telling);
  if (known.state !== "inquiry" || !facts.withdrawn) return known;
  const split = await takeBack(tx, { ...telling, chargebackId: known.id, actionId: known.actionId });
  await tx.update(chargebacks).set({ state: "opened", split }).where(eq(chargebacks.id, known.id));
  return { ...known, state: "opened", split };
}

async function openOne(tx: Tx, telling: Telling): Promise<Chargeback> {
  const { account, payment, facts } = telling;
  const { accountId, currency } = payment;
  const kind = facts.kind === "return" ? "return" : "chargeback";
  const occurredOn = todayIn(account.zone, facts.openedAt);
  const started = await startAction(tx, {
    ...{ kind, state: "in_progress", accountId, amount: money(facts.amountMinor, currency), makerLoginId: null },
    ...{ reason: facts.reason, idempotencyKey: `${kind}:${facts.id}`, input: { processorId: facts.id }, occurredOn },
  });
  if (!started.ok || !started.fresh) throw bug("a chargeback without a row has an action already");
  const actionId = started.action.id;
  const id = uuidv7();
  // A return is final and holds nothing: what is owed again may be paid at once.
  const split = facts.withdrawn
    ? await takeBack(tx, { ...telling, actionId, ...(kind === "chargeback" ? { chargebackId: id } : {}) })
    : {};
  const [row] = await tx
    .insert(chargebacks)
    .values({
      ...{ id, paymentId: payment.id, accountId, actionId, processorId: facts.id, kind, currency, split },
      state: facts.withdrawn ? (facts.evidenceDueAt === null ? "opened" : "evidence_due") : "inquiry",
      ...{ amountMinor: facts.amountMinor, reason: facts.reason, evidenceDueAt: facts.evidenceDueAt },
      openedOn: occurredOn,
    })
    .returning();
  if (!row) throw bug("an inserted chargeback has a row");
  const news = { accountId, paymentId: payment.id, chargebackId: id, kind, state: row.state };
  await appendEvent(tx, "chargeback.changed", news);
  if (kind === "return") await mailAbout(tx, { kind: "returned", payment, account });
  return row;
}

type TakingBack = Telling & { actionId: string; chargebackId?: string };

/** The money leg of opening, with the network's fee in the same round trip. */
async function takeBack(tx: Tx, { account, payment, facts, actionId, chargebackId }: TakingBack): Promise<StoredSplit> {
  const { accountId, currency } = payment;
  const step = { actionId, occurredOn: todayIn(account.zone, facts.openedAt), occurredAt: facts.openedAt };
  const isReturn = facts.kind === "return";
  const [fee] = facts.fees;
  const also: JournalDraft[] =
    fee === undefined || fee.amountMinor <= 0n
      ? []
      : [
          {
            ...{ ...step, kind: "chargeback_fee", currency, source: fee.source },
            entries: [
              { account: "processor_fees", amountMinor: fee.amountMinor },
              { account: "clearing", amountMinor: -fee.amountMinor },
            ],
          },
        ];
  const taken = await takeBackPayment(tx, {
    ...{ accountId, paymentId: payment.id, amountMinor: facts.amountMinor, step, also },
    cash: {
      ...{ journal: isReturn ? "payment_returned" : "chargeback_opened", account: "clearing" },
      ...{ source: facts.id, feeMinor: await feeLeftOf(tx, payment) },
    },
    ...(chargebackId === undefined ? {} : { chargebackId }),
  });
  await addToPayment(tx, payment.id, isReturn ? "returnedMinor" : "chargedBackMinor", facts.amountMinor);
  return toStoredSplit(taken);
}
