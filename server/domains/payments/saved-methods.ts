import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";

import { type DbOrTx, type Tx } from "#db/client.ts";
import { paymentMethods } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { faultCode, notFound } from "#server/platform/faults.ts";
import { type Refusal } from "#server/platform/result.ts";

import { startPatience } from "./patience.ts";
import { labelOf } from "./rows.ts";

/** A saved card or bank account, as people recognise it. */
export type SavedMethod = {
  id: string;
  kind: "card" | "bank_debit";
  /** "Visa ··4242". */
  label: string;
  expMonth: number | null;
  expYear: number | null;
  /** Past its month: it cannot be charged any more. */
  expired: boolean;
  isDefault: boolean;
};

/** Saved methods of an account, the default first. `now` decides what has expired. */
export async function listSavedMethods(
  db: DbOrTx,
  { accountId, now }: { accountId: string; now: Date },
): Promise<SavedMethod[]> {
  const rows = await db
    .select()
    .from(paymentMethods)
    .where(and(eq(paymentMethods.accountId, accountId), isNull(paymentMethods.removedAt)))
    .orderBy(desc(paymentMethods.isDefault), asc(paymentMethods.id));
  const month = now.getUTCFullYear() * 12 + now.getUTCMonth();
  return rows.map((row) => {
    const { id, expMonth, expYear, isDefault } = row;
    const kind = row.kind === "card" ? "card" : "bank_debit";
    const expired = expYear !== null && expMonth !== null && expYear * 12 + expMonth - 1 < month;
    return { id, kind, label: labelOf({ ...row, kind }), expMonth, expYear, expired, isDefault };
  });
}

/** Makes a saved method the one that is offered first. Throws not_found when it is not of this account. */
export async function setDefaultMethod(ctx: Ctx, { accountId, methodId }: MethodOf): Promise<void> {
  authorize(ctx.actor, "method.save", accountId);
  await withTransaction(ctx.db, async (tx) => {
    await lockAccount(tx, accountId);
    const live = and(eq(paymentMethods.accountId, accountId), isNull(paymentMethods.removedAt));
    await tx.update(paymentMethods).set({ isDefault: false }).where(live);
    const [chosen] = await tx
      .update(paymentMethods)
      .set({ isDefault: true })
      .where(and(live, eq(paymentMethods.id, methodId)))
      .returning({ id: paymentMethods.id });
    if (!chosen) throw notFound("payment method");
  });
}

export type MethodOf = { accountId: string; methodId: string };

export type Removal = MethodOf & {
  /** Done first, in the same transaction: what relies on the method is told, or says why it may not go (not null). */
  before?: (tx: Tx) => Promise<Refusal<string> | null>;
};

/**
 * Forgets a saved method, here first and then at the processor; the oldest other one becomes the default. Removing it
 * again does nothing. Answers the refusal of `before`, else null. Throws not_found when it never was of this account.
 */
export async function removeMethod(
  ctx: Ctx,
  { accountId, methodId, before }: Removal,
): Promise<Refusal<string> | null> {
  authorize(ctx.actor, "method.remove", accountId);
  let refused: Refusal<string> | null = null;
  const processorId = await withTransaction(ctx.db, async (tx) => {
    await lockAccount(tx, accountId);
    const [row] = await tx
      .select()
      .from(paymentMethods)
      .where(and(eq(paymentMethods.id, methodId), eq(paymentMethods.accountId, accountId)));
    if (!row) throw notFound("payment method");
    if (row.removedAt !== null) return null;
    refused = (await before?.(tx)) ?? null;
    if (refused !== null) return null;
    await tx
      .update(paymentMethods)
      .set({ removedAt: sql`now()`, isDefault: false })
      .where(eq(paymentMethods.id, methodId));
    if (row.isDefault) {
      await tx.execute(sql`
        update payment_methods set is_default = true where id = (
          select id from payment_methods where account_id = ${accountId} and removed_at is null order by id limit 1)`);
    }
    return row.processorId;
  });
  if (processorId !== null) await startPatience(ctx)(detach(ctx, { methodId, processorId }), () => undefined);
  return refused;
}

async function detach(ctx: Ctx, { methodId, processorId }: { methodId: string; processorId: string }): Promise<void> {
  try {
    await ctx.processor.detachMethod(processorId);
  } catch (error) {
    // Here it is gone, so it can never be charged from here again; the processor forgets it when it is asked next.
    if (faultCode(error) !== "unavailable") throw error;
    ctx.log.warn({ methodId }, "a removed payment method could not be detached at the processor");
  }
}
