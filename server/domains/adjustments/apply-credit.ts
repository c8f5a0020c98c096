import { eq } from "drizzle-orm";

import { money, type Money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { type CreditReason, credits } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { lockAccount, mailAccount } from "#server/domains/accounts/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { appendCard, lockConversation } from "#server/domains/conversations/index.ts";
import { finishAction, findStartedAction, type MoneyAction, startAction } from "#server/domains/ledger/index.ts";
import { mailMoney } from "#server/domains/notifications/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { bug, notFound } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { type GiftRefusal, giveCredit, planGift } from "./give-credit.ts";
import { checkOwnLimit, type NamedLimitRefusal } from "./limits.ts";

export type CreditRequest = {
  accountId: string;
  /** goodwill: a gift, borne by an allowance. credit_note: the bill was wrong, revenue and tax are taken back. */
  kind: "goodwill" | "credit_note";
  amount: Money;
  reason: CreditReason;
  note?: string | null;
  /** Null: on no bill, open credit for the next one (goodwill only). */
  invoiceId: string | null;
  lineId?: string | null;
  /** The thread it is given from: its card is stored in the same transaction. */
  conversationId: string | null;
  idempotencyKey: string;
  /** The account's version that the form showed; left out skips the comparison. */
  seenVersion?: number;
};

export type AppliedCredit = {
  creditId: string;
  actionId: string;
  number: string;
  /** The card's place in the thread. */
  messageSeq: number | null;
  onInvoice: Money;
  becameCredit: Money;
};

export type CreditRefusal =
  | GiftRefusal
  | NamedLimitRefusal
  | Refusal<"other_currency">
  | (Refusal<"account_changed"> & { version: number })
  | Refusal<"key_reused_with_other_input">;

/**
 * Gives a credit: authorise, lock (conversation, account, bill), decide (limits of the role and the day, what is left of
 * the lines), write, journal, card and outbox, in one transaction. The same key gives it once. Refuses as the types say,
 * limits with the names of those who may. Throws not_found for a foreign bill or thread.
 */
export async function applyCredit({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: CreditRequest;
}): Promise<Ok<AppliedCredit> | CreditRefusal> {
  authorize(ctx.actor, "credit.give", input.accountId);
  return withTransaction(ctx.db, (tx) => applyCreditIn({ ctx, tx }, input));
}

/** As applyCredit, inside a transaction that is open; the caller has authorised. */
export async function applyCreditIn(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  input: CreditRequest,
): Promise<Ok<AppliedCredit> | CreditRefusal> {
  const { accountId, conversationId, idempotencyKey, seenVersion, amount } = input;
  if (conversationId !== null) await checkThread(tx, { conversationId, accountId });
  const account = await lockAccount(tx, accountId);
  const asked = askedOf(input);
  const known = await findStartedAction(tx, { idempotencyKey, input: asked });
  if (known && !known.ok) return known;
  if (known) return ok(await answerAgain(tx, known.action));
  if (amount.currency !== account.currency) return refuse("other_currency");
  if (seenVersion !== undefined && seenVersion !== account.version) {
    return refuse("account_changed", { version: account.version });
  }
  const { kind, reason, invoiceId, lineId = null } = input;
  const gift = { kind, reason, invoiceId, lineId, amountMinor: amount.amountMinor };
  const planned = await planGift(tx, { accountId, gift });
  if (!planned.ok) return planned;
  const limit = await checkOwnLimit({ ctx, tx }, { account, amountMinor: amount.amountMinor });
  if (limit) return limit;
  const occurredOn = todayIn(account.zone, ctx.now);
  const makerLoginId = loginIdOf(ctx.actor);
  const started = await startAction(tx, {
    ...{ kind: kind === "goodwill" ? "goodwill_credit" : "credit_note", state: "in_progress", accountId, amount },
    ...{ reason, makerLoginId, conversationId, idempotencyKey, input: asked, occurredOn },
  });
  if (!started.ok || !started.fresh) throw bug("a credit's key was free a moment ago, under the account's lock");
  const actionId = started.action.id;
  const given = await giveCredit(tx, {
    ...{ account, plan: planned.plan, makerLoginId, memo: input.note ?? null, dispute: null },
    step: { actionId, occurredOn, occurredAt: ctx.now },
  });
  const { number, creditId } = given;
  await finishAction(tx, actionId, "done", {
    ...{ number, bill: planned.plan.billNumber, restMinor: given.restMinor.toString() },
    ...{ openBeforeMinor: given.openBefore.toString(), openAfterMinor: given.openAfter.toString() },
  });
  const card =
    conversationId === null
      ? null
      : await appendCard(tx, {
          conversationId,
          actionId,
          senderLoginId: makerLoginId,
          body: input.note ?? "",
          at: ctx.now,
        });
  if (account.quarantinedAt === null) {
    await mailAccount(tx, {
      ...{ kind: "credit_given", account, dedupeKey: `credit:${creditId}` },
      at: ctx.now,
      data: {
        ...{ number, accountNumber: account.number, amount: mailMoney(amount), path: "/account" },
        ...{ bill: planned.plan.billNumber, note: input.note ?? null },
      },
    });
  }
  const of = (minor: bigint) => money(minor, account.currency);
  const amounts = { onInvoice: of(given.onInvoiceMinor), becameCredit: of(given.restMinor) };
  return ok({ creditId, actionId, number, messageSeq: card?.seq ?? null, ...amounts });
}

/** What the key stands for. */
const askedOf = ({ accountId, kind, amount, reason, note, invoiceId, lineId, conversationId }: CreditRequest) => ({
  ...{ accountId, kind, amount, reason, note: note ?? null, invoiceId, lineId: lineId ?? null, conversationId },
});

async function checkThread(
  tx: Tx,
  { conversationId, accountId }: { conversationId: string; accountId: string },
): Promise<void> {
  const conversation = await lockConversation(tx, conversationId);
  if (conversation.accountId !== accountId) throw notFound("conversation");
}

async function answerAgain(tx: Tx, action: MoneyAction): Promise<AppliedCredit> {
  const [row] = await tx.select().from(credits).where(eq(credits.actionId, action.id));
  const {
    id: creditId,
    number,
    amountMinor,
    onInvoiceMinor,
    currency,
  } = present(row, "a credit's action has its credit");
  const card =
    action.conversationId === null
      ? null
      : await appendCard(tx, {
          conversationId: action.conversationId,
          actionId: action.id,
          senderLoginId: action.makerLoginId,
        });
  return {
    ...{ creditId, actionId: action.id, number, messageSeq: card?.seq ?? null },
    ...{ onInvoice: money(onInvoiceMinor, currency), becameCredit: money(amountMinor - onInvoiceMinor, currency) },
  };
}
