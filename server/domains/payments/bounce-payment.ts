import { eq } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { payments } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { type Account, lockAccount } from "#server/domains/accounts/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { takeBackPayment } from "#server/domains/invoices/index.ts";
import { findStartedAction, getAction, startAction } from "#server/domains/ledger/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { bug } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { mailAbout } from "./mail-about.ts";
import { accountOfPayment } from "./request-refund.ts";
import { addToPayment, lockPayment, type PaymentRow } from "./rows.ts";

export type Bounce = {
  paymentId: string;
  /** The day the bank sent it back, in the account's zone; not in the future. */
  bouncedOn: LocalDate;
  /** As the bank says it. */
  reason: string;
  idempotencyKey: string;
};

export type BounceRefusal =
  | Refusal<"cannot_bounce">
  | Refusal<"bounced_already">
  | Refusal<"in_the_future">
  | Refusal<"before_it_came">
  | Refusal<"key_reused_with_other_input">;

/**
 * A check or a transfer that the bank sent back: its bills are owed again, out of the bank where it was deposited, else
 * out of undeposited funds. What a refund already gave of it is a loss, as with a chargeback. The same key books it once.
 * Refuses cash, cards, what bounced already, and days that cannot be. Throws a fault for whoever may not record payments.
 */
export async function bouncePayment({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Bounce;
}): Promise<Ok<{ paymentId: string; fresh: boolean }> | BounceRefusal> {
  const { paymentId, idempotencyKey, ...told } = input;
  const accountId = await accountOfPayment(ctx.db, paymentId);
  authorize(ctx.actor, "payment.record", accountId);
  return withTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, accountId);
    const asked = { paymentId, ...told };
    const known = await findStartedAction(tx, { idempotencyKey, input: asked });
    if (known) return known.ok ? ok({ paymentId, fresh: false }) : known;
    const payment = await lockPayment(tx, paymentId);
    if (payment.bouncedOn !== null) return refuse("bounced_already");
    if (payment.state !== "settled" || (payment.kind !== "check" && payment.kind !== "transfer")) {
      return refuse("cannot_bounce");
    }
    if (input.bouncedOn > todayIn(account.zone, ctx.now)) return refuse("in_the_future");
    if (payment.settledOn !== null && input.bouncedOn < payment.settledOn) return refuse("before_it_came");
    await book({ ctx, tx }, { input, asked, account, payment });
    return ok({ paymentId, fresh: true });
  });
}

type Booking = { input: Bounce; asked: unknown; account: Account; payment: PaymentRow };

async function book({ ctx, tx }: { ctx: Ctx; tx: Tx }, { input, asked, account, payment }: Booking): Promise<void> {
  const { id: paymentId, accountId, currency, capturedMinor: amountMinor } = payment;
  const { bouncedOn, reason, idempotencyKey } = input;
  const started = await startAction(tx, {
    ...{ kind: "return", state: "done", accountId, amount: money(amountMinor, currency), reason, idempotencyKey },
    ...{ makerLoginId: loginIdOf(ctx.actor), input: asked, occurredOn: bouncedOn },
    facts: { to: payment.methodLabel },
  });
  if (!started.ok || !started.fresh) throw bug("a bounce's key was free a moment ago, under the account's lock");
  const actionId = started.action.id;
  const { kind: how } = await getAction(tx, payment.actionId);
  // Only what was recorded here lay in our drawer; an imported check is in the bank since before.
  const inBank = payment.kind === "transfer" || payment.depositId !== null || how !== "recorded_payment";
  await takeBackPayment(tx, {
    ...{ accountId, paymentId, amountMinor },
    step: { actionId, occurredOn: bouncedOn, occurredAt: ctx.now },
    cash: { journal: "payment_bounced", account: inBank ? "bank" : "undeposited" },
  });
  await addToPayment(tx, paymentId, "returnedMinor", amountMinor);
  await tx.update(payments).set({ bouncedOn, bounceActionId: actionId }).where(eq(payments.id, paymentId));
  await appendEvent(tx, "payment.changed", { accountId, paymentId, state: payment.state, actionId });
  await mailAbout(tx, { kind: "returned", payment, account });
}
