import { eq } from "drizzle-orm";

import { disputes, logins } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { lockDispute, recordEvent } from "./rows.ts";

/** Gives a case to a member of staff. Having it already changes nothing. Refuses a customer and a suspended login. */
export async function assignDispute({
  ctx,
  input: { disputeId, ownerLoginId },
}: {
  ctx: Ctx;
  input: { disputeId: string; ownerLoginId: string };
}): Promise<Ok<null> | Refusal<"not_staff">> {
  authorize(ctx.actor, "dispute.work");
  return withTransaction(ctx.db, async (tx) => {
    const [known] = await tx.select({ id: disputes.id }).from(disputes).where(eq(disputes.id, disputeId));
    if (!known) throw notFound("dispute");
    const dispute = await lockDispute(tx, disputeId);
    const [owner] = await tx.select().from(logins).where(eq(logins.id, ownerLoginId));
    if (!owner || owner.role === "customer" || owner.suspendedAt !== null) return refuse("not_staff");
    if (dispute.ownerLoginId === ownerLoginId) return ok(null);
    await tx
      .update(disputes)
      .set({ ownerLoginId, version: dispute.version + 1 })
      .where(eq(disputes.id, disputeId));
    const { state } = dispute;
    const facts = { owner: owner.name };
    await recordEvent({ ctx, tx }, { dispute, kind: "assigned", from: state, to: state, note: null, facts });
    return ok(null);
  });
}
