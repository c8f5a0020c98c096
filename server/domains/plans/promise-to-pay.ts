import { and, eq } from "drizzle-orm";

import { addDays, type LocalDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { type DbOrTx } from "#db/client.ts";
import { promises } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { lockAccount, touchAccount } from "#server/domains/accounts/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { getPolicy, todayIn } from "#server/domains/business/index.ts";
import { getAccountMoney } from "#server/domains/invoices/index.ts";
import { finishAction, findStartedAction, startAction } from "#server/domains/ledger/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { bug } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

export type PromiseWish = {
  accountId: string;
  promisedOn: LocalDate;
  note: string | null;
  idempotencyKey: string;
};

export type PromiseRefusal =
  | Refusal<"nothing_to_promise">
  | (Refusal<"date_out_of_range"> & { first: LocalDate; last: LocalDate })
  | Refusal<"key_reused_with_other_input">;

/**
 * Somebody says by when they pay what is asked for now, or a rep records it: reminders wait for that day. One stands per
 * account, a new one takes its place. Refuses when nothing is asked for, and a day outside the policy.
 */
export async function promiseToPay({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: PromiseWish;
}): Promise<Ok<{ promisedOn: LocalDate }> | PromiseRefusal> {
  const { accountId, promisedOn, note, idempotencyKey } = input;
  authorize(ctx.actor, "promise.make", accountId);
  return withTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, accountId);
    const asked = { accountId, promisedOn };
    const known = await findStartedAction(tx, { idempotencyKey, input: asked });
    if (known && !known.ok) return known;
    if (known) return ok({ promisedOn });
    const today = todayIn(account.zone, ctx.now);
    const { toPayNow } = await getAccountMoney(tx, accountId, today);
    if (toPayNow.amountMinor <= 0n) return refuse("nothing_to_promise");
    const { body } = await getPolicy(tx, "plans");
    const [first, last] = [today, addDays(today, body.promiseWithinDays)];
    if (promisedOn < first || promisedOn > last) return refuse("date_out_of_range", { first, last });
    const started = await startAction(tx, {
      ...{ kind: "promise", state: "accepted", accountId, amount: money(toPayNow.amountMinor, account.currency) },
      ...{ makerLoginId: loginIdOf(ctx.actor), idempotencyKey, input: asked, occurredOn: today },
      facts: { promisedOn },
    });
    if (!started.ok || !started.fresh) throw bug("a promise's key was free a moment ago, under the account's lock");
    const replaced = await tx
      .update(promises)
      .set({ state: "replaced" })
      .where(and(eq(promises.accountId, accountId), eq(promises.state, "open")))
      .returning();
    for (const one of replaced) await finishAction(tx, one.actionId, "refused", { replaced: true });
    await tx.insert(promises).values({
      ...{ accountId, actionId: started.action.id, state: "open", promisedOn, amountMinor: toPayNow.amountMinor },
      ...{ currency: account.currency, madeBy: loginIdOf(ctx.actor), madeAt: ctx.now, note },
    });
    await touchAccount(tx, accountId);
    await appendEvent(tx, "account.money_changed", { accountId });
    return ok({ promisedOn });
  });
}

export type PromiseToPay = typeof promises.$inferSelect;

/** The promise that stands on an account: reminders wait until its day is over. Null: none. */
export async function getPromise(db: DbOrTx, accountId: string): Promise<PromiseToPay | null> {
  const [row] = await db
    .select()
    .from(promises)
    .where(and(eq(promises.accountId, accountId), eq(promises.state, "open")));
  return row ?? null;
}
