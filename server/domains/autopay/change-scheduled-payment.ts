import { and, eq } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { type Tx } from "#db/client.ts";
import { drafts } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { type Account, lockAccount, touchAccount } from "#server/domains/accounts/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { listSavedMethods } from "#server/domains/payments/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { cancelDraft } from "./cancel-draft.ts";
import { mailNotice } from "./mails.ts";
import { type DraftRow, lockDraft } from "./rows.ts";
import { checkDay } from "./schedule-payment.ts";

export type DraftOf = { accountId: string; draftId: string };
export type TooLate = Refusal<"already_taken">;

/**
 * Cancels a draft that waits for its day, of whatever source but a plan: its bills are asked for again. A draft of autopay
 * stays cancelled for these bills. Refuses what is on its way or over; cancelled already: nothing happens. Throws
 * not_found for a draft that is not of this account.
 */
export async function cancelScheduledPayment({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: DraftOf;
}): Promise<Ok<null> | TooLate> {
  authorize(ctx.actor, "autopay.stop", input.accountId);
  return withTransaction(ctx.db, async (tx) => {
    const { account, draft } = await lockOwn(tx, input);
    if (draft.state === "canceled") return ok(null);
    if (draft.state !== "announced" || draft.source === "plan") return refuse("already_taken");
    await cancelDraft({ ctx, tx }, { draft, account, reason: "by_customer" });
    return ok(null);
  });
}

export type ScheduledChange = DraftOf & { payOn: LocalDate; methodId: string };

/**
 * Moves a chosen date, or changes what it is paid with. Refuses a day out of range, a method that is gone, and what is on
 * its way or over. Throws not_found for a draft that is not of this account.
 */
export async function changeScheduledPayment({ ctx, input }: { ctx: Ctx; input: ScheduledChange }) {
  authorize(ctx.actor, "payment.make", input.accountId);
  return withTransaction(ctx.db, async (tx) => {
    const { account, draft } = await lockOwn(tx, input);
    if (draft.state !== "announced" || draft.source !== "scheduled" || draft.attempts > 0)
      return refuse("already_taken");
    const outOfRange = await checkDay(tx, { account, payOn: input.payOn, now: ctx.now });
    if (outOfRange) return outOfRange;
    const methods = await listSavedMethods(tx, { accountId: account.id, now: ctx.now });
    if (!methods.some((method) => method.id === input.methodId && !method.expired)) return refuse("method_gone");
    if (draft.draftOn === input.payOn && draft.paymentMethodId === input.methodId) return ok(null);
    const changes = { draftOn: input.payOn, tryOn: input.payOn, paymentMethodId: input.methodId };
    await tx
      .update(drafts)
      .set({ ...changes, updatedAt: ctx.now })
      .where(eq(drafts.id, draft.id));
    await touchAccount(tx, account.id);
    await appendEvent(tx, "account.money_changed", { accountId: account.id });
    await mailNotice(tx, { account, draft: { ...draft, ...changes }, notice: `v${String(account.version)}` });
    return ok(null);
  });
}

async function lockOwn(tx: Tx, { accountId, draftId }: DraftOf): Promise<{ account: Account; draft: DraftRow }> {
  const account = await lockAccount(tx, accountId);
  const [found] = await tx
    .select({ id: drafts.id })
    .from(drafts)
    .where(and(eq(drafts.id, draftId), eq(drafts.accountId, accountId)));
  const draft = found ? await lockDraft(tx, found.id) : null;
  if (!draft) throw notFound("draft");
  return { account, draft };
}
