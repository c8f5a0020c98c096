import { eq } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { paymentMethods } from "#db/schema/index.ts";

import { methodLabel } from "./rows.ts";

/** A saved method as a mail names it, also after it was removed; null is one that nobody knows any more. */
export async function nameOfMethod(db: DbOrTx, methodId: string | null): Promise<string> {
  const [row] = methodId === null ? [] : await db.select().from(paymentMethods).where(eq(paymentMethods.id, methodId));
  return row ? methodLabel(row) : "your payment method";
}
