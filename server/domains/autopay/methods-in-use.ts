import { and, eq, inArray, isNull } from "drizzle-orm";

import { type DbOrTx, type Tx } from "#db/client.ts";
import { autopayEnrolments, drafts, plans } from "#db/schema/index.ts";
import { lockAccount, touchAccount } from "#server/domains/accounts/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { cancelDraft } from "./cancel-draft.ts";
import { endEnrolment } from "./set-up-autopay.ts";

/** What relies on a saved method: autopay itself, how many chosen dates wait with it, how many plans run on it or are proposed with it. */
export type MethodUses = { autopay: boolean; scheduled: number; plan: number };

export async function usesOfMethod(db: DbOrTx, methodId: string): Promise<MethodUses> {
  const [enrolments, waiting, running] = await Promise.all([
    db
      .select({ id: autopayEnrolments.id })
      .from(autopayEnrolments)
      .where(and(eq(autopayEnrolments.paymentMethodId, methodId), isNull(autopayEnrolments.stoppedAt))),
    db
      .select({ id: drafts.id })
      .from(drafts)
      .where(and(eq(drafts.paymentMethodId, methodId), eq(drafts.state, "announced"), eq(drafts.source, "scheduled"))),
    db.select({ id: plans.id }).from(plans).where(runsOn(methodId)),
  ]);
  return { autopay: enrolments.length > 0, scheduled: waiting.length, plan: running.length };
}

/** Plans keep what they are paid from in their own table; whoever takes a method away must change it there too. */
const runsOn = (methodId: string) =>
  and(eq(plans.paymentMethodId, methodId), inArray(plans.state, ["active", "proposed"]));

/**
 * Before a method is removed: another one takes over everything that relied on it, or (`to` null) autopay stops and
 * chosen dates are cancelled; a plan goes on without one, and its instalments fail on their day until one is named; a
 * proposal without one cannot be approved. Inside the caller's transaction.
 */
export async function replaceMethodInUse(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { accountId, from, to }: { accountId: string; from: string; to: string | null },
): Promise<void> {
  const account = await lockAccount(tx, accountId);
  const relying = and(eq(autopayEnrolments.paymentMethodId, from), isNull(autopayEnrolments.stoppedAt));
  const waiting = and(eq(drafts.paymentMethodId, from), eq(drafts.state, "announced"));
  await tx.update(plans).set({ paymentMethodId: to }).where(runsOn(from));
  if (to !== null) {
    // The mandate's words stay as they were agreed to; who put another method in its place, and when, is in the log.
    if ((await tx.select({ id: autopayEnrolments.id }).from(autopayEnrolments).where(relying)).length > 0) {
      await recordAudit(tx, ctx, {
        ...{ action: "autopay.method_replaced", subjectKind: "account", subjectId: accountId, accountId },
        ...{ before: { methodId: from }, after: { methodId: to } },
      });
    }
    await tx.update(autopayEnrolments).set({ paymentMethodId: to }).where(relying);
    await tx.update(drafts).set({ paymentMethodId: to }).where(waiting);
  } else {
    for (const enrolment of await tx.select().from(autopayEnrolments).where(relying)) {
      await endEnrolment({ ctx, tx }, { enrolment, account, reason: "method_removed" });
    }
    for (const draft of await tx.select().from(drafts).where(waiting)) {
      if (draft.source === "scheduled") await cancelDraft({ ctx, tx }, { draft, account, reason: "method_removed" });
      else await tx.update(drafts).set({ paymentMethodId: null }).where(eq(drafts.id, draft.id));
    }
  }
  await touchAccount(tx, accountId);
}
