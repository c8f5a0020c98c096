import { and, eq, isNull } from "drizzle-orm";

import { chargeStep, smallestCharge } from "#app/contracts/chargeable.ts";
import { money, type Money } from "#app/contracts/money.ts";
import { type DbOrTx, type Tx } from "#db/client.ts";
import { type AutopayAmount, autopayEnrolments, drafts, paymentMethods } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { type Account, lockAccount, touchAccount } from "#server/domains/accounts/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { cancelDraft } from "./cancel-draft.ts";
import { mailAutopayChanged } from "./mails.ts";
import { isLiveDraft } from "./rows.ts";

export type AutopayRequest = {
  accountId: string;
  amountKind: AutopayAmount;
  /** Minor units, for `fixed`; else null. */
  fixedMinor: bigint | null;
  /** 0 to 28; 0 is the due date. */
  daysBeforeDue: number;
  methodId: string;
  /** The mandate, word for word as it was shown. */
  mandateText: string;
  ip: string | null;
};

export type AutopayRefusal =
  | Refusal<"method_gone">
  | Refusal<"method_expired">
  | Refusal<"fixed_amount_missing">
  | (Refusal<"fixed_amount_unchargeable"> & { minimum: Money; step: Money })
  | Refusal<"days_out_of_range">
  | Refusal<"account_closed">;

export type Enrolment = typeof autopayEnrolments.$inferSelect;

/**
 * Turns autopay on, or changes it: the mandate before it ends, its announced drafts are cancelled, and what they named is
 * announced again by the new one. The same wish again changes nothing. Throws a fault for whoever may not pay.
 */
export async function setUpAutopay({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: AutopayRequest;
}): Promise<Ok<{ enrolmentId: string }> | AutopayRefusal> {
  const { accountId } = input;
  authorize(ctx.actor, "autopay.set_up", accountId);
  if (!Number.isInteger(input.daysBeforeDue) || input.daysBeforeDue < 0 || input.daysBeforeDue > 28) {
    return refuse("days_out_of_range");
  }
  if ((input.amountKind === "fixed") !== (input.fixedMinor !== null) || (input.fixedMinor ?? 1n) <= 0n) {
    return refuse("fixed_amount_missing");
  }
  return withTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, accountId);
    if (account.status === "closed") return refuse("account_closed");
    const unusable = (await checkMethod(tx, input, ctx.now)) ?? checkFixed(input.fixedMinor, account);
    if (unusable) return unusable;
    const before = await findLive(tx, accountId);
    if (before && before.pausedAt === null && isSame(before, input)) return ok({ enrolmentId: before.id });
    if (before) await endEnrolment({ ctx, tx }, { enrolment: before, account, reason: "changed" });
    const { amountKind, fixedMinor, daysBeforeDue, mandateText } = input;
    const [row] = await tx
      .insert(autopayEnrolments)
      .values({
        ...{ accountId, amountKind, fixedMinor, daysBeforeDue, mandateText, paymentMethodId: input.methodId },
        ...{ acceptedAt: ctx.now, acceptedBy: loginIdOf(ctx.actor), acceptedIp: input.ip },
      })
      .returning();
    const enrolment = present(row, "the enrolment is written");
    await recordAudit(tx, ctx, {
      ...{ action: "autopay.set_up", subjectKind: "account", subjectId: accountId, accountId },
      after: { amountKind, fixedMinor: fixedMinor?.toString() ?? null, daysBeforeDue },
    });
    await touchAccount(tx, accountId);
    await appendEvent(tx, "account.money_changed", { accountId });
    await mailAutopayChanged(tx, { account, enrolment, on: true, at: ctx.now });
    return ok({ enrolmentId: enrolment.id });
  });
}

const isSame = (before: Enrolment, wish: AutopayRequest): boolean =>
  before.amountKind === wish.amountKind &&
  before.fixedMinor === wish.fixedMinor &&
  before.daysBeforeDue === wish.daysBeforeDue &&
  before.paymentMethodId === wish.methodId;

/** The enrolment that holds now, if any. */
export async function findLive(db: DbOrTx, accountId: string): Promise<Enrolment | null> {
  const [row] = await db
    .select()
    .from(autopayEnrolments)
    .where(and(eq(autopayEnrolments.accountId, accountId), isNull(autopayEnrolments.stoppedAt)));
  return row ?? null;
}

async function checkMethod(tx: Tx, { accountId, methodId }: AutopayRequest, now: Date): Promise<AutopayRefusal | null> {
  const [method] = await tx
    .select()
    .from(paymentMethods)
    .where(
      and(eq(paymentMethods.id, methodId), eq(paymentMethods.accountId, accountId), isNull(paymentMethods.removedAt)),
    );
  if (!method) return refuse("method_gone");
  const { expMonth, expYear } = method;
  if (expMonth === null || expYear === null) return null;
  return now.getTime() >= Date.UTC(expYear, expMonth, 1) ? refuse("method_expired") : null;
}

/** A fixed amount that the processor would never charge is no use to anybody. */
function checkFixed(fixedMinor: bigint | null, { currency }: Account): AutopayRefusal | null {
  if (fixedMinor === null) return null;
  const [minimumMinor, stepMinor] = [smallestCharge(currency), chargeStep(currency)];
  if (fixedMinor >= minimumMinor && fixedMinor % stepMinor === 0n) return null;
  return refuse("fixed_amount_unchargeable", {
    ...{ minimum: money(minimumMinor, currency), step: money(stepMinor, currency) },
  });
}

type Ending = { enrolment: Enrolment; account: Account; reason: string };

/** Ends a mandate inside the caller's transaction and cancels what it has announced; a payment on its way goes on. */
export async function endEnrolment(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { enrolment, account, reason }: Ending,
): Promise<void> {
  await tx
    .update(autopayEnrolments)
    .set({ stoppedAt: ctx.now, stopReason: reason })
    .where(eq(autopayEnrolments.id, enrolment.id));
  await cancelAnnounced({ ctx, tx }, { enrolment, account, reason });
}

/** Cancels what a mandate has announced, inside the caller's transaction. */
export async function cancelAnnounced(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { enrolment, account, reason }: Ending,
): Promise<void> {
  const announced = await tx
    .select()
    .from(drafts)
    .where(and(eq(drafts.source, "autopay"), eq(drafts.sourceId, enrolment.id), isLiveDraft));
  for (const draft of announced) {
    if (draft.state === "announced") await cancelDraft({ ctx, tx }, { draft, account, reason: `autopay_${reason}` });
  }
}
