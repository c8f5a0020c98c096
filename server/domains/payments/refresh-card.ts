import { and, eq, isNull, sql } from "drizzle-orm";

import { paymentMethods } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { lockAccount, touchAccount } from "#server/domains/accounts/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { Fault } from "#server/platform/faults.ts";
import { type MethodFacts } from "#server/platform/processor.ts";

/** Somebody else kept a newer answer meanwhile so often: another time. */
const MOST_ROUNDS = 5;

/**
 * Asks the processor how a saved card is now (until when it can be charged, its last four, its brand) and keeps the answer:
 * banks renew and replace cards by themselves. A bank account, a removed card, and one that the processor does not know,
 * stay as they are. Says nothing new twice; whoever asked earlier does not write over who asked later. Throws unavailable
 * when it cannot be asked.
 */
export async function refreshCard(ctx: Ctx, methodId: string): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const [known] = await ctx.db
      .select()
      .from(paymentMethods)
      .where(and(eq(paymentMethods.id, methodId), isNull(paymentMethods.removedAt)));
    if (known?.kind !== "card") return;
    const facts = await ctx.processor.getMethod(known.processorId);
    if (!facts || isSame(known, facts) || (await keep(ctx, { known, facts }))) return;
  }
  throw new Fault("unavailable", "a saved card changes faster than it can be read");
}

type Card = Pick<typeof paymentMethods.$inferSelect, "id" | "accountId" | "expMonth" | "expYear" | "last4" | "brand">;

const isSame = (known: Card, { expMonth, expYear, last4, brand }: MethodFacts): boolean =>
  expMonth === known.expMonth && expYear === known.expYear && last4 === known.last4 && brand === known.brand;

/** False where it is no longer as it was known when the processor was asked. */
async function keep(ctx: Ctx, { known, facts }: { known: Card; facts: MethodFacts }): Promise<boolean> {
  const { id: methodId, accountId } = known;
  const { expMonth, expYear, last4, brand } = facts;
  return withTransaction(ctx.db, async (tx) => {
    await lockAccount(tx, accountId);
    const asKnown = sql`(${paymentMethods.expMonth}, ${paymentMethods.expYear}, ${paymentMethods.last4}, ${paymentMethods.brand})
      is not distinct from (${known.expMonth}::int, ${known.expYear}::int, ${known.last4}::text, ${known.brand}::text)`;
    const changed = await tx
      .update(paymentMethods)
      .set({ expMonth, expYear, last4, brand })
      .where(and(eq(paymentMethods.id, methodId), asKnown))
      .returning({ id: paymentMethods.id });
    if (changed.length === 0) return false;
    await touchAccount(tx, accountId);
    await appendEvent(tx, "card.changed", { accountId, methodId });
    await appendEvent(tx, "account.money_changed", { accountId });
    return true;
  });
}
