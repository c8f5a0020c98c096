import { eq } from "drizzle-orm";

import { payouts } from "#db/schema/index.ts";
import { type Tx } from "#db/client.ts";
import { withTransaction } from "#db/transaction.ts";
import { getBusiness, todayIn } from "#server/domains/business/index.ts";
import { finishAction, type JournalDraft, postJournals, startAction } from "#server/domains/ledger/index.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { type PayoutFacts } from "#server/platform/processor.ts";

type PayoutRow = typeof payouts.$inferSelect;
type Leg = { kind: "created" | "arrived" | "failed" | "failed_after_arriving"; at: Date };

/**
 * Books what the processor says of a payout: created (in transit / clearing), arrived (bank / in transit), failed
 * (clearing / in transit), failed after arriving (clearing / bank). A fact, never refused. Told again, or in another
 * order, it books only what is missing: a payout that arrived before we heard of it is booked as both.
 */
export async function recordPayout(ctx: Ctx, facts: PayoutFacts): Promise<void> {
  await withTransaction(ctx.db, async (tx) => {
    const { zone } = await getBusiness(tx);
    const known = await findOrStart(tx, { facts, zone });
    const legs = legsOf({ known, facts, now: ctx.now });
    if (legs.length === 0) return;
    await postJournals(
      tx,
      legs.map((leg) => toJournal(leg, { actionId: known.actionId, facts, zone })),
    );
    const last = present(legs.at(-1), "a payout that moved has a last leg");
    const day = todayIn(zone, last.at);
    await tx
      .update(payouts)
      .set({
        ...{ state: facts.state, failureCode: facts.failureCode },
        arrivesOn: facts.state === "arrived" ? day : todayIn(zone, facts.arrivesAt),
        ...(facts.state === "failed" ? { failedOn: day } : {}),
      })
      .where(eq(payouts.id, known.id));
    if (facts.state === "arrived") await finishAction(tx, known.actionId, "done");
    if (facts.state === "failed") {
      await finishAction(tx, known.actionId, known.state === "arrived" ? "reversed" : "failed");
    }
  });
}

type Known = Pick<PayoutRow, "id" | "actionId"> & { state: PayoutRow["state"] | null };

/** Two jobs at once: the second waits at the action's key, then finds the first one's row. */
async function findOrStart(tx: Tx, { facts, zone }: { facts: PayoutFacts; zone: string }): Promise<Known> {
  const { id: processorId, amount, createdAt } = facts;
  const createdOn = todayIn(zone, createdAt);
  const started = await startAction(tx, {
    ...{ kind: "payout", state: "in_progress", accountId: null, amount, makerLoginId: null, occurredOn: createdOn },
    ...{ idempotencyKey: `payout:${processorId}`, input: { processorId } },
  });
  const { action, fresh } = present(started.ok ? started : null, "a payout's key stands for its id alone");
  if (!fresh) {
    const [row] = await tx.select().from(payouts).where(eq(payouts.actionId, action.id)).for("update");
    return present(row, "a payout's action has its payout");
  }
  const arrivesOn = todayIn(zone, facts.arrivesAt);
  const [row] = await tx
    .insert(payouts)
    .values({ actionId: action.id, processorId, state: "created", ...amount, createdOn, arrivesOn })
    .returning();
  const { id, actionId } = present(row, "an inserted payout has a row");
  return { id, actionId, state: null };
}

/** What is missing in the books between what they know and what the processor says. */
function legsOf({ known, facts, now }: { known: Known; facts: PayoutFacts; now: Date }): Leg[] {
  const legs: Leg[] = known.state === null ? [{ kind: "created", at: facts.createdAt }] : [];
  if (known.state === "failed" || facts.state === "created") return legs;
  const arrivedAt = facts.arrivesAt < now ? facts.arrivesAt : now;
  if (facts.state === "failed") {
    return [...legs, { kind: known.state === "arrived" ? "failed_after_arriving" : "failed", at: now }];
  }
  return known.state === "arrived" ? legs : [...legs, { kind: "arrived", at: arrivedAt }];
}

const ENTRIES = {
  created: ["payouts_in_transit", "clearing"],
  arrived: ["bank", "payouts_in_transit"],
  failed: ["clearing", "payouts_in_transit"],
  failed_after_arriving: ["clearing", "bank"],
} as const;

type Posting = { actionId: string; facts: PayoutFacts; zone: string };

function toJournal({ kind, at }: Leg, { actionId, facts, zone }: Posting): JournalDraft {
  const [debit, credit] = ENTRIES[kind];
  const { amountMinor, currency } = facts.amount;
  return {
    ...{ actionId, currency, source: facts.id, occurredOn: todayIn(zone, at), occurredAt: at },
    kind: `payout_${kind}`,
    entries: [
      { account: debit, amountMinor },
      { account: credit, amountMinor: -amountMinor },
    ],
  };
}
