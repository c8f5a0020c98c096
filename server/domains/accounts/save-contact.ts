import { and, eq, ne } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { contacts } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { type ChangedMeanwhile, lockDetails, touchDetails } from "./details.ts";

export type ContactDraft = {
  name: string;
  email: string | null;
  phone: string | null;
  note: string | null;
  isPrimary: boolean;
};

/** Nobody needs more people to call about one bill; a runaway script does not fill the page. */
const MOST_CONTACTS = 50;

/**
 * Adds a person to reach about an account, or changes one (`contactId`); being the first to call is taken from whoever
 * was it. A contact has no access. Refuses the 51st, and a form that somebody else has saved over. Staff only.
 */
export async function saveContact({
  ctx,
  input: { accountId, contactId, draft, expectedVersion },
}: {
  ctx: Ctx;
  input: { accountId: string; contactId: string | null; draft: ContactDraft; expectedVersion: number };
}): Promise<Ok<{ contactId: string }> | ChangedMeanwhile | Refusal<"too_many_contacts">> {
  authorize(ctx.actor, "account.edit", accountId);
  return withTransaction(ctx.db, async (tx) => {
    const locked = await lockDetails(tx, { accountId, expectedVersion });
    if (!locked.ok) return locked;
    const before = contactId === null ? null : await getContact(tx, { accountId, contactId });
    if (before === null && (await tx.$count(contacts, eq(contacts.accountId, accountId))) >= MOST_CONTACTS) {
      return refuse("too_many_contacts");
    }
    const [row] = before
      ? await tx.update(contacts).set(draft).where(eq(contacts.id, before.id)).returning({ id: contacts.id })
      : await tx
          .insert(contacts)
          .values({ ...draft, accountId })
          .returning({ id: contacts.id });
    const id = row?.id ?? "";
    if (draft.isPrimary) {
      const others = and(eq(contacts.accountId, accountId), ne(contacts.id, id));
      await tx.update(contacts).set({ isPrimary: false }).where(others);
    }
    await touchDetails(tx, accountId);
    await recordAudit(tx, ctx, {
      ...{ action: before ? "contact.changed" : "contact.added", subjectKind: "contact", subjectId: id, accountId },
      ...{ before, after: draft },
    });
    return ok({ contactId: id });
  });
}

/** A contact of this account; one of another account is not found. */
export async function getContact(tx: Tx, { accountId, contactId }: { accountId: string; contactId: string }) {
  const [row] = await tx
    .select()
    .from(contacts)
    .where(and(eq(contacts.accountId, accountId), eq(contacts.id, contactId)));
  if (!row) throw notFound("contact");
  return row;
}
