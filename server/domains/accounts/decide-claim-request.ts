import { eq } from "drizzle-orm";

import { type AccountRight, accountClaimRequests } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { queueMail } from "#server/domains/notifications/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { mailInvite } from "./invite-customer.ts";
import { getAccount } from "./queries.ts";

/**
 * Staff have checked who asks for an account that has no address on file. Approved, an invitation goes to the address
 * they gave (so it is proven before anything opens); refused, a mail says so. Refuses what is decided already.
 */
export async function decideClaimRequest({
  ctx,
  input: { requestId, approve, right = "manage" },
}: {
  ctx: Ctx;
  input: { requestId: string; approve: boolean; right?: AccountRight };
}): Promise<Ok<null> | Refusal<"already_decided">> {
  authorize(ctx.actor, "claim_request.decide");
  return withTransaction(ctx.db, async (tx) => {
    const [request] = await tx
      .select()
      .from(accountClaimRequests)
      .where(eq(accountClaimRequests.id, requestId))
      .for("update");
    if (!request) throw notFound("claim request");
    if (request.state !== "open") return refuse("already_decided");
    const account = await getAccount(tx, request.accountId);
    const state = approve ? "approved" : "refused";
    await tx
      .update(accountClaimRequests)
      .set({ state, decidedBy: loginIdOf(ctx.actor), decidedAt: ctx.now })
      .where(eq(accountClaimRequests.id, requestId));
    await recordAudit(tx, ctx, {
      action: `claim_request.${state}`,
      subjectKind: "claim_request",
      subjectId: requestId,
      accountId: account.id,
      after: { email: request.email, ...(approve ? { right } : {}) },
    });
    if (approve) {
      await mailInvite(tx, { account, email: request.email, name: request.name, right });
    } else {
      await queueMail(tx, {
        kind: "claim_refused",
        to: request.email,
        data: { accountNumber: account.number },
        dedupeKey: `claim_refused:${requestId}:${ctx.now.getTime()}`,
      });
    }
    return ok(null);
  });
}
