import { and, eq, isNull } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { paymentMethods } from "#db/schema/index.ts";
import { present } from "#server/platform/assert.ts";
import { type MethodFacts } from "#server/platform/processor.ts";

export type Keeping = { accountId: string; method: MethodFacts; savedBy: string | null; makeDefault?: boolean };

/** Keeps a card or bank account for next time; the first one kept becomes the default. Kept already, it is found. */
export async function keepMethod(tx: Tx, { accountId, method, savedBy, makeDefault }: Keeping): Promise<string> {
  const live = and(eq(paymentMethods.accountId, accountId), isNull(paymentMethods.removedAt));
  const known = await tx.select({ id: paymentMethods.id }).from(paymentMethods).where(live);
  const isDefault = known.length === 0 || makeDefault === true;
  if (isDefault) await tx.update(paymentMethods).set({ isDefault: false }).where(live);
  const { wallet: _wallet, ...facts } = method;
  const [kept] = await tx
    .insert(paymentMethods)
    .values({ ...facts, accountId, savedBy, isDefault })
    .onConflictDoNothing()
    .returning({ id: paymentMethods.id });
  if (kept) return kept.id;
  const [same] = await tx
    .select({ id: paymentMethods.id })
    .from(paymentMethods)
    .where(and(live, eq(paymentMethods.processorId, method.processorId)));
  return present(same, "a method that was not kept anew is kept already").id;
}
