import { eq } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { drafts, payments } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { type Account, lockAccount } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { finishAction } from "#server/domains/ledger/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { type FailureCode } from "#server/platform/processor.ts";

import { releaseOwnClaim } from "./cancel-draft.ts";
import { eachAlone } from "#server/domains/jobs/index.ts";
import { mailFailed } from "./mails.ts";
import { type DraftRow, lockDraft, moveDraft } from "./rows.ts";
import { lastTry, nextTry } from "./rules.ts";

type PaymentRow = typeof payments.$inferSelect;

/**
 * What became of a draft's payment becomes of the draft: paid, tried again on a later day, or failed for good. Told by
 * the payment's event, by the tick and by whoever asked, in any order and as often as they like.
 */
export async function concludeDraft(ctx: Ctx, paymentId: string): Promise<void> {
  const [payment] = await ctx.db.select().from(payments).where(eq(payments.id, paymentId));
  const draftId = payment?.draftId;
  if (!payment || !draftId) return;
  await withTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, payment.accountId);
    const draft = await lockDraft(tx, draftId);
    const [now] = await tx.select().from(payments).where(eq(payments.id, paymentId));
    if (!draft || !now || draft.paymentId !== paymentId) return;
    if (draft.state === "paid" && now.returnedMinor > 0n) {
      await moveDraft(tx, { draft, to: "failed", changes: { failureCode: "returned" } });
      return;
    }
    if (now.state === "settled" && (draft.state === "in_flight" || draft.state === "failed")) {
      await finishPaid({ ctx, tx }, { draft, account });
      return;
    }
    if (draft.state !== "in_flight" || (now.state !== "failed" && now.state !== "canceled")) return;
    await retryOrFail({ ctx, tx }, { draft, account, payment: now });
  });
}

type Concluding = { draft: DraftRow; account: Account };

async function finishPaid({ ctx, tx }: { ctx: Ctx; tx: Tx }, { draft, account }: Concluding): Promise<void> {
  await releaseOwnClaim({ ctx, tx }, { draft, account });
  await moveDraft(tx, { draft, to: "paid", changes: { failureCode: null } });
  if (draft.actionId !== null && draft.state === "in_flight") await finishAction(tx, draft.actionId, "done");
}

async function retryOrFail(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { draft, account, payment }: Concluding & { payment: PaymentRow },
): Promise<void> {
  const failure = (payment.failureCode ?? "other") as FailureCode;
  const kind = payment.kind === "bank_debit" ? "bank_debit" : "card";
  const today = todayIn(account.zone, ctx.now);
  const { declineCode, retryAdvice: advice } = payment;
  const retryOn = nextTry({ kind, failure: { code: failure, declineCode, advice }, attempts: draft.attempts, today });
  if (retryOn !== null) {
    const changes = { tryOn: retryOn, failureCode: failure };
    const waiting = await moveDraft(tx, { draft, to: "announced", changes });
    const retry = { on: retryOn, lastOn: lastTry(kind, { attempts: draft.attempts, tryOn: retryOn }) };
    await mailFailed(tx, { account, draft: waiting, triedMinor: payment.amountMinor, at: ctx.now, retry });
    return;
  }
  await releaseOwnClaim({ ctx, tx }, { draft, account });
  const failed = await moveDraft(tx, { draft, to: "failed", changes: { failureCode: failure } });
  if (draft.actionId !== null) await finishAction(tx, draft.actionId, "failed", { failure });
  await mailFailed(tx, { account, draft: failed, triedMinor: payment.amountMinor, at: ctx.now, retry: null });
}

/** Drafts whose payment was decided while nobody told them: found by the tick. */
export async function concludeLeftDrafts(ctx: Ctx): Promise<void> {
  const left = await ctx.db
    .select({ id: payments.id, state: payments.state })
    .from(drafts)
    .innerJoin(payments, eq(payments.id, drafts.paymentId))
    .where(eq(drafts.state, "in_flight"));
  const over = left.filter(({ state }) => ["settled", "failed", "canceled"].includes(state));
  await eachAlone(over, ({ id }) => concludeDraft(ctx, id));
}
