import { and, eq, isNull } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { invoiceEvents, invoices } from "#db/schema/index.ts";

export type MarkBill = { accountId: string; invoiceId: string; as: "sent" | "viewed"; at: Date };

/** Notes in a bill's timeline that it was sent or opened: the first time alone, however often it is called. */
export async function markBill(tx: Tx, { accountId, invoiceId, as, at }: MarkBill): Promise<void> {
  const [column, change] = as === "sent" ? [invoices.sentAt, { sentAt: at }] : [invoices.viewedAt, { viewedAt: at }];
  const first = await tx
    .update(invoices)
    .set(change)
    .where(and(eq(invoices.id, invoiceId), eq(invoices.accountId, accountId), isNull(column)))
    .returning({ id: invoices.id });
  if (first.length > 0) await tx.insert(invoiceEvents).values({ invoiceId, kind: as, occurredAt: at });
}
