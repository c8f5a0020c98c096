import { and, eq, inArray, sql } from "drizzle-orm";

import { maskCardNumbers } from "#app/contracts/mask-cards.ts";
import { type Tx } from "#db/client.ts";
import { disputeEvents, disputes, type DisputeState, invoices } from "#db/schema/index.ts";
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

/** What live disputes still speak for on a bill, a line, a payment or a credit: less what they were given already. */
export async function sumLiveDisputes(
  tx: Tx,
  subject: { column: "invoiceId" | "invoiceLineId" | "paymentId" | "creditId"; id: string },
): Promise<bigint> {
  const [row] = await tx
    .select({ minor: sql<string>`coalesce(sum(${disputes.amountMinor} - coalesce(${disputes.grantedMinor}, 0)), 0)` })
    .from(disputes)
    .where(and(eq(disputes[subject.column], subject.id), inArray(disputes.state, LIVE_STATES)));
  return BigInt(row?.minor ?? 0);
}

/** Of a case, what was not given yet. */
export const askedOf = (dispute: DisputeRow): bigint => dispute.amountMinor - (dispute.grantedMinor ?? 0n);

/** Of a case's bill, what credits have not taken back: no decision gives more. All that was asked where there is no bill. */
export async function creditableOf(tx: Tx, dispute: DisputeRow): Promise<bigint> {
  if (dispute.invoiceId === null) return askedOf(dispute);
  const [bill] = await tx.select().from(invoices).where(eq(invoices.id, dispute.invoiceId));
  return bill ? bill.totalMinor - bill.creditedMinor : 0n;
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
  const note = move.note ?? null;
  await recordEvent({ ctx, tx }, { dispute, kind: move.kind, from: dispute.state, to, note, facts: move.facts ?? {} });
  return present(row, "the locked dispute is updated");
}

/** Writes a line of the case's timeline, and the event that tells everyone of it. */
export async function recordEvent(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  line: {
    dispute: DisputeRow;
    kind: string;
    from: DisputeState | null;
    to: DisputeState;
    note: string | null;
    facts: Record<string, unknown>;
  },
): Promise<void> {
  const { dispute, kind, from, to, note, facts } = line;
  const [event] = await tx
    .insert(disputeEvents)
    .values({
      ...{ disputeId: dispute.id, kind, fromState: from, toState: to, facts },
      note: note === null ? null : maskCardNumbers(note),
      ...{ actorLoginId: loginIdOf(ctx.actor), occurredAt: ctx.now },
    })
    .returning({ id: disputeEvents.id });
  const { accountId, conversationId } = dispute;
  const eventId = present(event, "an inserted event has a row").id;
  await appendEvent(tx, "dispute.changed", { accountId, disputeId: dispute.id, conversationId, eventId, kind, to });
}
