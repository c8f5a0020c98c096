import { eq, sql } from "drizzle-orm";

import { business } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

/**
 * Hangs a stored picture up as the biller's logo, or takes it down (null). The form of the other facts stays good: the
 * version is theirs. Refuses before set-up. Admins only; the picture is stored by `files`.
 */
export async function setLogo({
  ctx,
  input: { fileId },
}: {
  ctx: Ctx;
  input: { fileId: string | null };
}): Promise<Ok<null> | Refusal<"not_set_up">> {
  authorize(ctx.actor, "business.edit");
  return withTransaction(ctx.db, async (tx) => {
    const [before] = await tx.select({ fileId: business.logoFileId, id: business.id }).from(business).for("update");
    if (!before) return refuse("not_set_up");
    await tx
      .update(business)
      .set({ logoFileId: fileId, updatedAt: sql`now()` })
      .where(eq(business.id, before.id));
    await recordAudit(tx, ctx, {
      ...{ action: "business.logo", subjectKind: "business", subjectId: "1" },
      ...{ before: { fileId: before.fileId }, after: { fileId } },
    });
    return ok(null);
  });
}
