import { and, eq, inArray, isNull, sql } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { type DbOrTx, type Tx } from "#db/client.ts";
import { payLinks } from "#db/schema/index.ts";

export type PayLinkRow = typeof payLinks.$inferSelect;

/** The link of a bill that has not ended; its days may be over. */
export async function findCurrent(db: DbOrTx, invoiceId: string): Promise<PayLinkRow | null> {
  const [row] = await listCurrent(db, [invoiceId]);
  return row ?? null;
}

/** As findCurrent, of many bills; those without a link are left out. */
export async function listCurrent(db: DbOrTx, invoiceIds: readonly string[]): Promise<PayLinkRow[]> {
  return db
    .select()
    .from(payLinks)
    .where(and(inArray(payLinks.invoiceId, [...invoiceIds]), isNull(payLinks.endedAt)));
}

type NewLink = { accountId: string; invoiceId: string; expiresOn: LocalDate; madeBy: string | null };

/** Where somebody else made one at the same moment, theirs stays. */
export async function insertLinks(tx: Tx, links: readonly NewLink[]): Promise<void> {
  if (links.length > 0)
    await tx
      .insert(payLinks)
      .values([...links])
      .onConflictDoNothing();
}

/** Ends links whose place new ones take. */
export async function replaceLinks(tx: Tx, ids: readonly string[], endedBy: string | null): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(payLinks)
    .set({ endedAt: sql`now()`, endKind: "replaced", endedBy })
    .where(and(inArray(payLinks.id, [...ids]), isNull(payLinks.endedAt)));
}

/** Ends what has not ended of a bill's links: its address works no more. Says which one that was. */
export async function endCurrent(
  tx: Tx,
  { invoiceId, endKind, endedBy }: { invoiceId: string; endKind: "revoked" | "replaced"; endedBy: string | null },
): Promise<PayLinkRow | null> {
  const [row] = await tx
    .update(payLinks)
    .set({ endedAt: sql`now()`, endKind, endedBy })
    .where(and(eq(payLinks.invoiceId, invoiceId), isNull(payLinks.endedAt)))
    .returning();
  return row ?? null;
}
