import { and, eq, isNull, sql } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { type DbOrTx, type Tx } from "#db/client.ts";
import { payLinks } from "#db/schema/index.ts";

export type PayLinkRow = typeof payLinks.$inferSelect;

/** The link of a bill that has not ended; its days may be over. */
export async function findCurrent(db: DbOrTx, invoiceId: string): Promise<PayLinkRow | null> {
  const [row] = await db
    .select()
    .from(payLinks)
    .where(and(eq(payLinks.invoiceId, invoiceId), isNull(payLinks.endedAt)));
  return row ?? null;
}

type NewLink = { accountId: string; invoiceId: string; expiresOn: LocalDate; madeBy: string | null };

/** Null: somebody else made one at the same moment. */
export async function insertLink(tx: Tx, link: NewLink): Promise<PayLinkRow | null> {
  const [row] = await tx.insert(payLinks).values(link).onConflictDoNothing().returning();
  return row ?? null;
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
