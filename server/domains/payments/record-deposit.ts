import { and, eq, inArray } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { deposits, moneyActions, payments } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { getBusiness, todayIn } from "#server/domains/business/index.ts";
import { findStartedAction, postJournals, startAction } from "#server/domains/ledger/index.ts";
import { appendEvents } from "#server/events/outbox.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { bug } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { type PaymentRow } from "./rows.ts";

export type Deposit = {
  /** Checks and cash, of any accounts, in one currency. */
  paymentIds: readonly string[];
  depositedOn: LocalDate;
  /** The number on the bank's slip. */
  reference: string | null;
  idempotencyKey: string;
};

export type DepositRefusal =
  | Refusal<"nothing_to_deposit">
  | Refusal<"several_currencies">
  | (Refusal<"not_undeposited"> & { label: string })
  | Refusal<"in_the_future">
  | Refusal<"key_reused_with_other_input">;

/**
 * Brings checks and cash to the bank together: bank / undeposited, one journal for the whole slip. Locks the payments in
 * one order. The same key books it once. Refuses nothing at all, several currencies, a future day, and what is not a
 * check or cash that waits to be deposited. Throws a fault for whoever may not.
 */
export async function recordDeposit({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Deposit;
}): Promise<Ok<{ depositId: string; fresh: boolean }> | DepositRefusal> {
  authorize(ctx.actor, "payment.deposit");
  const { idempotencyKey, ...told } = input;
  const asked = { ...told, paymentIds: [...new Set(input.paymentIds)].sort() };
  return withTransaction(ctx.db, async (tx) => {
    const rows = await tx
      .select()
      .from(payments)
      .where(inArray(payments.id, asked.paymentIds))
      .orderBy(payments.id)
      .for("update");
    const recorded = await countRecorded(tx, rows);
    const known = await findStartedAction(tx, { idempotencyKey, input: asked });
    if (known && !known.ok) return known;
    if (known) return ok({ depositId: await depositOf(tx, known.action.id), fresh: false });
    const { zone } = await getBusiness(tx);
    if (input.depositedOn > todayIn(zone, ctx.now)) return refuse("in_the_future");
    if (recorded !== asked.paymentIds.length) return refuse("nothing_to_deposit");
    const refusal = checkSlip(rows);
    return refusal ?? ok({ depositId: await book({ ctx, tx }, { input, asked, rows }), fresh: true });
  });
}

/** Imported checks never lay in our drawer. */
async function countRecorded(tx: Tx, rows: readonly PaymentRow[]): Promise<number> {
  if (rows.length === 0) return 0;
  const ids = rows.map((row) => row.actionId);
  return tx.$count(moneyActions, and(inArray(moneyActions.id, ids), eq(moneyActions.kind, "recorded_payment")));
}

function checkSlip(rows: readonly PaymentRow[]): DepositRefusal | null {
  if (rows.length === 0) return refuse("nothing_to_deposit");
  if (new Set(rows.map((row) => row.currency)).size > 1) return refuse("several_currencies");
  const other = rows.find(
    ({ kind, state, depositId, bouncedOn }) =>
      (kind !== "check" && kind !== "cash") || state !== "settled" || depositId !== null || bouncedOn !== null,
  );
  return other ? refuse("not_undeposited", { label: other.methodLabel ?? other.kind }) : null;
}

async function depositOf(tx: Tx, actionId: string): Promise<string> {
  const [row] = await tx.select({ id: deposits.id }).from(deposits).where(eq(deposits.actionId, actionId));
  return present(row, "a deposit's action has its deposit").id;
}

type Booking = { input: Deposit; asked: unknown; rows: readonly PaymentRow[] };

async function book({ ctx, tx }: { ctx: Ctx; tx: Tx }, { input, asked, rows }: Booking): Promise<string> {
  const { depositedOn, reference, idempotencyKey } = input;
  const [first] = rows;
  const { currency } = present(first, "a slip has payments");
  const amountMinor = rows.reduce((sum, row) => sum + row.capturedMinor, 0n);
  const madeBy = loginIdOf(ctx.actor);
  const started = await startAction(tx, {
    ...{ kind: "deposit", state: "done", accountId: null, amount: money(amountMinor, currency), makerLoginId: madeBy },
    ...{ idempotencyKey, input: asked, occurredOn: depositedOn, reason: reference },
  });
  if (!started.ok || !started.fresh) throw bug("a deposit's key was free a moment ago, under its payments' locks");
  const actionId = started.action.id;
  await postJournals(tx, [
    {
      ...{ actionId, kind: "deposit", occurredOn: depositedOn, occurredAt: ctx.now, currency },
      entries: [
        { account: "bank", amountMinor },
        { account: "undeposited", amountMinor: -amountMinor },
      ],
    },
  ]);
  const [row] = await tx
    .insert(deposits)
    .values({ actionId, amountMinor, currency, depositedOn, reference, madeBy })
    .returning({ id: deposits.id });
  const depositId = present(row, "an inserted deposit has a row").id;
  const ids = rows.map((payment) => payment.id);
  await tx.update(payments).set({ depositId }).where(inArray(payments.id, ids));
  await appendEvents(
    tx,
    rows.map(({ id: paymentId, accountId, state }) => ({
      name: "payment.changed" as const,
      payload: { accountId, paymentId, state, actionId },
    })),
  );
  return depositId;
}
