import { and, eq, inArray } from "drizzle-orm";

import { methodSetups, type SetupState } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { notFound } from "#server/platform/faults.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { type FailureCode, type SetupFacts } from "#server/platform/processor.ts";

import { keepMethod } from "./keep-method.ts";

/** What became of a setup: the processor's facts, or a refusal before there was an intent. */
export type SetupOutcome = SetupFacts | { state: "failed"; failure: FailureCode };

export const OPEN_SETUPS: SetupState[] = ["requested", "requires_action"];

/**
 * The answer, the webhook or the sweep brings what the processor says of a setup; whoever is first keeps the method,
 * everyone after finds it kept. Answers its state now.
 */
export async function applySetup(ctx: Ctx, setupId: string, outcome: SetupOutcome): Promise<SetupState> {
  return withTransaction(ctx.db, async (tx) => {
    const [found] = await tx.select().from(methodSetups).where(eq(methodSetups.id, setupId));
    if (!found) throw notFound("method setup");
    const { accountId } = found;
    await lockAccount(tx, accountId);
    const still = and(eq(methodSetups.id, setupId), inArray(methodSetups.state, OPEN_SETUPS));
    const [setup] = await tx.select().from(methodSetups).where(still).for("update");
    if (!setup) {
      const [decided] = await tx
        .select({ state: methodSetups.state })
        .from(methodSetups)
        .where(eq(methodSetups.id, setupId));
      return decided?.state ?? found.state;
    }
    const facts = "intentId" in outcome ? outcome : null;
    const method = facts?.method ?? null;
    const { madeBy: savedBy, makeDefault } = setup;
    const methodId =
      outcome.state === "done" && method ? await keepMethod(tx, { accountId, method, savedBy, makeDefault }) : null;
    await tx
      .update(methodSetups)
      .set({
        ...{ state: outcome.state, methodId, failureCode: outcome.failure },
        ...(facts ? { intentId: facts.intentId } : {}),
        ...(method ? { kind: method.kind } : {}),
      })
      .where(eq(methodSetups.id, setupId));
    await appendEvent(tx, "account.changed", { accountId });
    return outcome.state;
  });
}
