import { and, asc, eq, inArray, lt, sql } from "drizzle-orm";

import { methodSetups } from "#db/schema/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { eachAlone } from "#server/domains/jobs/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { faultCode, notFound } from "#server/platform/faults.ts";

import { applySetup, OPEN_SETUPS } from "./apply-setup.ts";
import { carryOnSetup } from "./start-method-setup.ts";

export type OpenSetup = {
  id: string;
  kind: "card" | "bank_debit";
  /** The processor's own page, where the small deposits are told. */
  verifyUrl: string | null;
};

const MOST_SHOWN = 5;
const HOUR = 3_600_000;
/** As for a payment: a bank's step takes minutes, small deposits take days to arrive. */
const GIVE_UP_MS = { card: HOUR, bank_debit: 240 * HOUR };
const PATIENCE_MS = 10_000;

/** Setups of an account that wait for somebody, after asking the processor how they stand. Throws for who may not save. */
export async function listOpenSetups(ctx: Ctx, accountId: string): Promise<OpenSetup[]> {
  authorize(ctx.actor, "method.save", accountId);
  const rows = await ctx.db
    .select()
    .from(methodSetups)
    .where(and(eq(methodSetups.accountId, accountId), inArray(methodSetups.state, OPEN_SETUPS)))
    .orderBy(asc(methodSetups.id))
    .limit(MOST_SHOWN);
  const shown: OpenSetup[] = [];
  for (const row of rows) {
    const { state } = await carryOnSetup(ctx, row);
    if (!OPEN_SETUPS.includes(state)) continue;
    const verifyUrl = row.intentId === null ? null : await verifyUrlOf(ctx, row.intentId);
    shown.push({ id: row.id, kind: row.kind === "bank_debit" ? "bank_debit" : "card", verifyUrl });
  }
  return shown;
}

async function verifyUrlOf(ctx: Ctx, intentId: string): Promise<string | null> {
  try {
    return (await ctx.processor.getSetup(intentId)).verifyUrl;
  } catch (error) {
    if (faultCode(error) === "unavailable") return null;
    throw error;
  }
}

/** Forgets a setup that waits, at the processor first. Decided already: nothing happens. Throws not_found, unavailable. */
export async function cancelMethodSetup(ctx: Ctx, { accountId, setupId }: { accountId: string; setupId: string }) {
  authorize(ctx.actor, "method.save", accountId);
  const [row] = await ctx.db
    .select()
    .from(methodSetups)
    .where(and(eq(methodSetups.id, setupId), eq(methodSetups.accountId, accountId)));
  if (!row) throw notFound("method setup");
  if (row.intentId === null || !OPEN_SETUPS.includes(row.state)) return;
  await applySetup(ctx, setupId, await ctx.processor.cancelSetup(row.intentId));
}

/** Finds setups that nobody told us about any more: asked for once with their own key, followed, or given up. */
export async function sweepSetups(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now.getTime() - PATIENCE_MS).toISOString();
  const due = await ctx.db
    .select()
    .from(methodSetups)
    .where(
      and(
        inArray(methodSetups.state, OPEN_SETUPS),
        lt(sql`coalesce(${methodSetups.askedAt}, ${methodSetups.requestedAt})`, before),
      ),
    )
    .orderBy(sql`coalesce(${methodSetups.askedAt}, ${methodSetups.requestedAt})`)
    .limit(MOST_SHOWN);
  await eachAlone(due, async (row) => {
    await ctx.db.update(methodSetups).set({ askedAt: ctx.now }).where(eq(methodSetups.id, row.id));
    const age = ctx.now.getTime() - row.requestedAt.getTime();
    const late = row.intentId !== null && age > GIVE_UP_MS[row.kind === "bank_debit" ? "bank_debit" : "card"];
    try {
      if (late && row.intentId !== null) await applySetup(ctx, row.id, await ctx.processor.cancelSetup(row.intentId));
      else await carryOnSetup(ctx, row);
    } catch (error) {
      if (faultCode(error) !== "unavailable") throw error;
    }
  });
}

/** Follows the processor's news about a setup; one that is not ours is nobody's business. */
export async function followSetup(ctx: Ctx, intentId: string): Promise<null> {
  const facts = await ctx.processor.getSetup(intentId);
  if (facts.setupId === null) return null;
  const [row] = await ctx.db
    .select({ id: methodSetups.id })
    .from(methodSetups)
    .where(eq(methodSetups.id, facts.setupId));
  if (row) await applySetup(ctx, row.id, facts);
  return null;
}
