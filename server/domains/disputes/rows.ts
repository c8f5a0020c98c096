import { and, eq, inArray, sql } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { disputeEvents, disputes, type DisputeState } from "#db/schema/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";

export type DisputeRow = typeof disputes.$inferSelect;

export const LIVE_STATES: DisputeState[] = [
  "open",
  "acknowledged",
  "investigating",
  "waiting_on_customer",
  "appealed",
  "reopened",
];

/** What live disputes already speak for on a bill, a payment or a credit. */
export async function sumLiveDisputes(
  tx: Tx,
  subject: { column: "invoiceId" | "invoiceLineId" | "paymentId" | "creditId"; id: string },
): Promise<bigint> {
  const [row] = await tx
    .select({ minor: sql<string>`coalesce(sum(${disputes.amountMinor}), 0)` })
    .from(disputes)
    .where(and(eq(disputes[subject.column], subject.id), inArray(disputes.state, LIVE_STATES)));
  return BigInt(row?.minor ?? 0);
}

export async function lockDispute(tx: Tx, disputeId: string): Promise<DisputeRow> {
  const [row] = await tx.select().from(disputes).where(eq(disputes.id, disputeId)).for("update");
  return present(row, "a dispute that was found is still there");
}

/** Moves a case on: the row, its timeline, and the event that tells everyone. The caller has decided and locked. */
export async function moveDispute(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  move: {
    dispute: DisputeRow;
    to: DisputeState;
    kind: string;
    note?: string | null;
    facts?: Record<string, unknown>;
    changes?: Partial<typeof disputes.$inferInsert>;
  },
): Promise<DisputeRow> {
  const { dispute, to } = move;
  const [row] = await tx
    .update(disputes)
    .set({ ...move.changes, state: to, version: dispute.version + 1 })
    .where(eq(disputes.id, dispute.id))
    .returning();
  await tx.insert(disputeEvents).values({
    disputeId: dispute.id,
    kind: move.kind,
    fromState: dispute.state,
    toState: to,
    actorLoginId: loginIdOf(ctx.actor),
    note: move.note ?? null,
    facts: move.facts ?? {},
    occurredAt: ctx.now,
  });
  await appendEvent(tx, "dispute.changed", {
    accountId: dispute.accountId,
    disputeId: dispute.id,
    conversationId: dispute.conversationId,
    from: dispute.state,
    to,
  });
  return present(row, "the locked dispute is updated");
}
