import { and, asc, eq, inArray, sql } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { type DbOrTx, type Tx } from "#db/client.ts";
import { claims, draftBills, drafts, type DraftState, payments } from "#db/schema/index.ts";
import { touchAccount } from "#server/domains/accounts/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { assert, present } from "#server/platform/assert.ts";

import { type AnnouncedBill, draftMayMove } from "./rules.ts";

export type DraftRow = typeof drafts.$inferSelect;

/** Locks a draft. Its account is locked before it. */
export async function lockDraft(tx: Tx, draftId: string): Promise<DraftRow | null> {
  const [row] = await tx.select().from(drafts).where(eq(drafts.id, draftId)).for("update");
  return row ?? null;
}

export const listDraftBills = (db: DbOrTx, draftId: string): Promise<AnnouncedBill[]> =>
  db
    .select({ invoiceId: draftBills.invoiceId, announcedMinor: draftBills.announcedMinor })
    .from(draftBills)
    .where(eq(draftBills.draftId, draftId))
    .orderBy(asc(draftBills.position));

/** What the claim that is a draft's own holds of each bill: nothing for autopay, which claims nothing before its day. */
export async function heldByOwnClaim(
  db: DbOrTx,
  { source, sourceId }: Pick<DraftRow, "source" | "sourceId">,
): Promise<Map<string, bigint>> {
  if (source === "autopay") return new Map();
  const rows = await db
    .select({ invoiceId: claims.invoiceId, heldMinor: claims.heldMinor })
    .from(claims)
    .where(and(eq(claims.kind, source), eq(claims.sourceId, sourceId)));
  return new Map(rows.map((row) => [row.invoiceId, row.heldMinor]));
}

/**
 * Whether a draft's latest attempt was the first one from that card or bank account. What was given up without an attempt
 * is no attempt.
 */
export async function isFirstOfMethod(
  db: DbOrTx,
  { id, paymentId }: Pick<DraftRow, "id" | "paymentId">,
): Promise<boolean> {
  const attempts = await db
    .select({ id: payments.id, methodId: payments.paymentMethodId })
    .from(payments)
    .where(eq(payments.draftId, id));
  const latest = attempts.find((attempt) => attempt.id === paymentId);
  return !attempts.some((attempt) => attempt.id !== latest?.id && attempt.methodId === latest?.methodId);
}

export type NewDraft = Omit<typeof drafts.$inferInsert, "announcedMinor" | "state" | "tryOn"> & {
  bills: readonly AnnouncedBill[];
};

/** Writes a draft that waits for its day, with its bills, and tells of it. */
export async function insertDraft(tx: Tx, { bills, ...draft }: NewDraft): Promise<DraftRow> {
  const announcedMinor = bills.reduce((sum, bill) => sum + bill.announcedMinor, 0n);
  const [row] = await tx
    .insert(drafts)
    .values({ ...draft, announcedMinor, state: "announced", tryOn: draft.draftOn })
    .returning();
  const made = present(row, "the draft is written");
  await tx.insert(draftBills).values(bills.map((bill, at) => ({ draftId: made.id, position: at + 1, ...bill })));
  await tell(tx, made);
  return made;
}

export type DraftChanges = {
  tryOn?: LocalDate;
  paymentId?: string;
  attempts?: number;
  failureCode?: string | null;
  cancelReason?: string;
};

/** Moves a locked draft and tells of it. Throws a fault on a move the state machine does not know. */
export async function moveDraft(
  tx: Tx,
  { draft, to, changes = {} }: { draft: DraftRow; to: DraftState; changes?: DraftChanges },
): Promise<DraftRow> {
  assert(draftMayMove(draft.state, to), `a draft cannot go from ${draft.state} to ${to}`);
  const [moved] = await tx
    .update(drafts)
    .set({ ...changes, state: to, tryOn: to === "announced" ? (changes.tryOn ?? null) : null, updatedAt: sql`now()` })
    .where(eq(drafts.id, draft.id))
    .returning();
  const row = present(moved, "the locked draft is updated");
  await tell(tx, row);
  return row;
}

async function tell(tx: Tx, { id, accountId, source, sourceId, state, paymentId }: DraftRow): Promise<void> {
  await touchAccount(tx, accountId);
  await appendEvent(tx, "draft.changed", { accountId, draftId: id, source, sourceId, state, paymentId });
  await appendEvent(tx, "account.money_changed", { accountId });
}

/** Drafts that stand: they wait for their day, or their payment is on its way. */
export const LIVE: readonly DraftState[] = ["announced", "in_flight"];
export const isLiveDraft = inArray(drafts.state, [...LIVE]);
