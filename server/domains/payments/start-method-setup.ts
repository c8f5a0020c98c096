import { eq } from "drizzle-orm";

import { methodSetups, type SetupState } from "#db/schema/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { faultCode, notFound } from "#server/platform/faults.ts";
import { type FailureCode } from "#server/platform/processor.ts";

import { applySetup, type SetupOutcome } from "./apply-setup.ts";
import { findCustomer } from "./find-customer.ts";
import { startPatience } from "./patience.ts";

export type StartedSetup = {
  setupId: string;
  /** `requested`: the processor has not answered; it goes on by itself. */
  state: SetupState;
  /** For the browser, while the person must do something; never stored. */
  clientSecret: string | null;
  failure: FailureCode | null;
};

export type MethodSetupRequest = {
  accountId: string;
  /** Made by the processor's form; it names a card or a bank account, never to us. */
  confirmationToken: string;
  makeDefault: boolean;
  idempotencyKey: string;
};

/**
 * Saves a card or bank account without a payment, in three steps as a payment's: recorded, asked outside any transaction
 * with our own key, the answer recorded. The same key meets the setup it has made. Throws a fault for whoever may not
 * save one on the account.
 */
export async function startMethodSetup({ ctx, input }: { ctx: Ctx; input: MethodSetupRequest }): Promise<StartedSetup> {
  const { accountId, confirmationToken, makeDefault, idempotencyKey } = input;
  authorize(ctx.actor, "method.save", accountId);
  await ctx.db
    .insert(methodSetups)
    .values({
      ...{ accountId, confirmationToken, makeDefault, idempotencyKey, state: "requested" },
      ...{ madeBy: loginIdOf(ctx.actor), requestedAt: ctx.now },
    })
    .onConflictDoNothing({ target: methodSetups.idempotencyKey });
  const [row] = await ctx.db.select().from(methodSetups).where(eq(methodSetups.idempotencyKey, idempotencyKey));
  const setup = present(row, "a recorded setup has a row");
  if (setup.accountId !== accountId) throw notFound("method setup");
  const { id: setupId, state } = setup;
  return startPatience(ctx)(carryOnSetup(ctx, setup), () => ({ setupId, state, clientSecret: null, failure: null }));
}

type Setup = typeof methodSetups.$inferSelect;

/** Asks the processor for a setup, or how it stands, and records the answer. */
export async function carryOnSetup(ctx: Ctx, setup: Setup): Promise<StartedSetup> {
  const { id: setupId, state } = setup;
  const failure = (setup.failureCode ?? null) as FailureCode | null;
  if (state !== "requested" && state !== "requires_action") return { setupId, state, clientSecret: null, failure };
  const outcome = await ask(ctx, setup);
  if (outcome === null) return { setupId, state, clientSecret: null, failure };
  const now = await applySetup(ctx, setupId, outcome);
  return {
    ...{ setupId, state: now, failure: outcome.failure },
    clientSecret: "intentId" in outcome ? outcome.clientSecret : null,
  };
}

/** Null: the processor does not answer now. */
async function ask(ctx: Ctx, setup: Setup): Promise<SetupOutcome | null> {
  const { id: setupId, accountId, confirmationToken, intentId } = setup;
  try {
    if (intentId !== null) return await ctx.processor.getSetup(intentId);
    const customerId = await findCustomer(ctx, accountId);
    const answer = await ctx.processor.startSetup({ key: `setup:${setupId}`, setupId, customerId, confirmationToken });
    if (!answer.known) return null;
    return answer.setup ?? { state: "failed", failure: answer.failure };
  } catch (error) {
    if (faultCode(error) === "unavailable") return null;
    throw error;
  }
}
