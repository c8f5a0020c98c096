import { and, eq, isNull, sql } from "drizzle-orm";

import { chargeStep } from "#app/contracts/chargeable.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { type Tx } from "#db/client.ts";
import { drafts, paymentMethods } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { type Account, lockAccount } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { finishAction } from "#server/domains/ledger/index.ts";
import { getAccountMoney, listOpenBills } from "#server/domains/invoices/index.ts";
import {
  carryOn,
  type ChosenBill,
  payableAfterCredit,
  recheckPayment,
  requestPayment,
} from "#server/domains/payments/index.ts";
import { type Ctx, within } from "#server/platform/ctx.ts";
import { type FailureCode } from "#server/platform/processor.ts";

import { hearExpiry } from "./ask-card-expiry.ts";
import { cancelDraft, releaseOwnClaim } from "./cancel-draft.ts";
import { concludeDraft } from "./conclude-draft.ts";
import { eachAlone } from "#server/domains/jobs/index.ts";
import { mailFailed } from "./mails.ts";
import { type DraftRow, heldByOwnClaim, listDraftBills, lockDraft, moveDraft } from "./rows.ts";
import { cardEndBefore, partsToTake, trimToGrid } from "./rules.ts";

const BATCH = 100;

/**
 * Takes what is due: records the attempt and moves the draft in one transaction, then asks the processor. Dying in between
 * loses nothing: the attempt stands, and the payments' sweep asks for it. `of` names one method alone. Says how many were
 * looked at.
 */
export async function takeDueDrafts(ctx: Ctx, of: { methodId: string } | null = null): Promise<number> {
  const due = await ctx.db.execute<Due>(sql`
    select d.id, d.account_id as "accountId", d.payment_id as "paymentId", m.id as "methodId",
      coalesce(make_date(m.exp_year, m.exp_month, 1) + interval '1 month'
        <= (${ctx.now.toISOString()}::timestamptz at time zone a.zone)::date, false) as "cardEnded"
    from drafts d join accounts a on a.id = d.account_id left join payment_methods m on m.id = d.payment_method_id
    where d.state = 'announced' and a.quarantined_at is null
      ${of === null ? sql`` : sql`and d.payment_method_id = ${of.methodId}`}
      and d.try_on <= (${ctx.now.toISOString()}::timestamptz at time zone a.zone)::date
    order by d.try_on, d.id limit ${BATCH}`);
  await eachAlone(due, (draft) => take(ctx, draft));
  return due.length;
}

type Due = {
  id: string;
  accountId: string;
  paymentId: string | null;
  methodId: string | null;
  /** By what is stored of the card: the processor is asked before it counts. */
  cardEnded: boolean;
};

async function take(ctx: Ctx, draft: Due): Promise<void> {
  // Its bank may have renewed it: as long as nobody says so, it is neither charged nor given up.
  if (draft.cardEnded && draft.methodId !== null && !(await hearExpiry(ctx, draft.methodId))) return;
  if (draft.paymentId !== null && !(await mayTryAgain(ctx, draft.id, draft.paymentId))) return;
  const paymentId = await withTransaction(ctx.db, (tx) => begin({ ctx, tx }, draft));
  if (paymentId === null) return;
  await carryOn(ctx, paymentId);
  await concludeDraft(ctx, paymentId);
}

/**
 * Before another attempt the processor is asked how the last one really ended. Settled after all: the draft is paid.
 * No answer: another tick asks again.
 */
async function mayTryAgain(ctx: Ctx, draftId: string, paymentId: string): Promise<boolean> {
  const last = await recheckPayment(ctx, paymentId);
  if (last?.state !== "settled") return last !== null;
  await withTransaction(ctx.db, async (tx) => {
    const [found] = await tx.select({ accountId: drafts.accountId }).from(drafts).where(eq(drafts.id, draftId));
    if (!found) return;
    const account = await lockAccount(tx, found.accountId);
    const draft = await lockDraft(tx, draftId);
    if (draft?.state !== "announced") return;
    await releaseOwnClaim({ ctx, tx }, { draft, account });
    const inFlight = await moveDraft(tx, { draft, to: "in_flight" });
    await moveDraft(tx, { draft: inFlight, to: "paid", changes: { failureCode: null } });
    if (draft.actionId !== null) await finishAction(tx, draft.actionId, "done");
  });
  return false;
}

async function begin(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  due: { id: string; accountId: string },
): Promise<string | null> {
  const account = await lockAccount(tx, due.accountId);
  const draft = await lockDraft(tx, due.id);
  const today = todayIn(account.zone, ctx.now);
  if (draft?.state !== "announced" || draft.tryOn === null || draft.tryOn > today) return null;
  const parts = await partsOf(tx, draft, today);
  if (parts.length === 0) {
    await cancelDraft({ ctx, tx }, { draft, account, reason: "nothing_left" });
    return null;
  }
  const failure = await unusable(tx, { draft, today });
  if (failure !== null) {
    await giveUp({ ctx, tx }, { draft, account, parts, failure });
    return null;
  }
  return request({ ctx, tx }, { draft, account, parts });
}

async function partsOf(tx: Tx, draft: DraftRow, today: LocalDate): Promise<ChosenBill[]> {
  const { accountId } = draft;
  const announced = await listDraftBills(tx, draft.id);
  const own = await heldByOwnClaim(tx, draft);
  const { unapplied } = await getAccountMoney(tx, accountId, today);
  const open = await listOpenBills(tx, { accountId, today });
  const payable = payableAfterCredit(open, unapplied.amountMinor);
  const parts = partsToTake(
    announced,
    new Map(payable.map((bill) => [bill.invoiceId, { ...bill, ownHeldMinor: own.get(bill.invoiceId) ?? 0n }])),
  );
  return trimToGrid(parts, chargeStep(draft.currency));
}

/** Why nothing can be taken from the draft's method today, without asking the bank: it is gone, or its card has expired. */
async function unusable(
  tx: Tx,
  { draft: { paymentMethodId }, today }: { draft: DraftRow; today: LocalDate },
): Promise<FailureCode | null> {
  const [method] =
    paymentMethodId === null
      ? []
      : await tx
          .select()
          .from(paymentMethods)
          .where(and(eq(paymentMethods.id, paymentMethodId), isNull(paymentMethods.removedAt)));
  if (!method) return "method_not_usable";
  return cardEndBefore(method, today) === null ? null : "expired_card";
}

/** It counts as declined once, and is not tried again: what is expired stays so. */
async function giveUp(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { draft, account, parts, failure }: Taking & { parts: ChosenBill[]; failure: FailureCode },
): Promise<void> {
  await releaseOwnClaim({ ctx, tx }, { draft, account });
  const changes = { failureCode: failure, attempts: draft.attempts + 1 };
  const failed = await moveDraft(tx, { draft, to: "failed", changes });
  if (draft.actionId !== null) await finishAction(tx, draft.actionId, "failed", { failure });
  await mailFailed(tx, { account, draft: failed, triedMinor: sumOf(parts), at: ctx.now, retry: null });
}

type Taking = { draft: DraftRow; account: Account };

const sumOf = (parts: readonly ChosenBill[]): bigint => parts.reduce((sum, part) => sum + part.amountMinor, 0n);

async function request(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { draft, account, parts }: Taking & { parts: ChosenBill[] },
): Promise<string | null> {
  const attempts = draft.attempts + 1;
  const requested = await requestPayment(within(ctx, tx), {
    input: {
      ...{ accountId: account.id, amountMinor: sumOf(parts), bills: parts },
      ...{ means: { kind: "saved", methodId: draft.paymentMethodId ?? "" }, seenVersion: null, creditAllowed: false },
      ...{ draft: { id: draft.id, madeBy: draft.madeBy }, idempotencyKey: `draft:${draft.id}:${String(attempts)}` },
    },
  });
  if (!requested.ok) {
    // What cannot be charged (too little is left) waits for a person, or for a notice of more.
    await cancelDraft({ ctx, tx }, { draft, account, reason: requested.reason });
    return null;
  }
  const { paymentId } = requested.value;
  await moveDraft(tx, { draft, to: "in_flight", changes: { paymentId, attempts, failureCode: null } });
  return paymentId;
}
