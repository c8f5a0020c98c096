import { eq } from "drizzle-orm";

import { contacts } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { type ChangedMeanwhile, lockDetails, touchDetails } from "./details.ts";
import { getContact } from "./save-contact.ts";

/**
 * Takes a contact off an account; the audit keeps who it was. Refuses a form that somebody else has saved over. Throws
 * not_found for a contact of another account. Staff only.
 */
export async function removeContact({
  ctx,
  input: { accountId, contactId, expectedVersion },
}: {
  ctx: Ctx;
  input: { accountId: string; contactId: string; expectedVersion: number };
}): Promise<Ok<null> | ChangedMeanwhile> {
  authorize(ctx.actor, "account.edit", accountId);
  return withTransaction(ctx.db, async (tx) => {
    const locked = await lockDetails(tx, { accountId, expectedVersion });
    if (!locked.ok) return locked;
    const before = await getContact(tx, { accountId, contactId });
    await tx.delete(contacts).where(eq(contacts.id, contactId));
    await touchDetails(tx, accountId);
    await recordAudit(tx, ctx, {
      ...{ action: "contact.removed", subjectKind: "contact", subjectId: contactId },
      ...{ accountId, before },
    });
    return ok(null);
  });
}
