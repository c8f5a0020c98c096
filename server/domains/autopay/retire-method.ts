import { and, eq, isNull } from "drizzle-orm";

import { paymentMethods } from "#db/schema/index.ts";
import { type MethodOf, removeMethod } from "#server/domains/payments/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { type MethodUses, replaceMethodInUse, usesOfMethod } from "./methods-in-use.ts";

export type RetireRefusal = (Refusal<"in_use"> & { uses: MethodUses }) | Refusal<"successor_gone">;

/** What becomes of autopay, dates and plans that rely on a method: nothing was said, they stop, or another takes over. */
export type Succession = "unsaid" | "stop" | { methodId: string };

/**
 * Removes a saved method, and in the same transaction hands what relies on it to another one, or stops it. Refuses while
 * something relies on it and nothing was said, and a successor that is no longer there. Throws as removeMethod does.
 */
export async function retireMethod({
  ctx,
  input: { accountId, methodId, succession },
}: {
  ctx: Ctx;
  input: MethodOf & { succession: Succession };
}): Promise<Ok<{ uses: MethodUses }> | RetireRefusal> {
  let uses: MethodUses = { autopay: false, scheduled: 0, plan: 0 };
  let why: RetireRefusal | null = null;
  await removeMethod(ctx, {
    ...{ accountId, methodId },
    async before(tx) {
      uses = await usesOfMethod(tx, methodId);
      if (!uses.autopay && uses.scheduled === 0 && uses.plan === 0) return null;
      if (succession === "unsaid") return (why = refuse("in_use", { uses }));
      const to = succession === "stop" ? null : succession.methodId;
      if (to !== null && !(await isLive())) return (why = refuse("successor_gone"));
      await replaceMethodInUse({ ctx, tx }, { accountId, from: methodId, to });
      return null;

      async function isLive(): Promise<boolean> {
        if (to === null || to === methodId) return false;
        const [row] = await tx
          .select({ id: paymentMethods.id })
          .from(paymentMethods)
          .where(
            and(eq(paymentMethods.id, to), eq(paymentMethods.accountId, accountId), isNull(paymentMethods.removedAt)),
          );
        return row !== undefined;
      }
    },
  });
  return why ?? ok({ uses });
}
