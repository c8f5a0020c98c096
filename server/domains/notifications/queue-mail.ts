import { eq } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { mails } from "#db/schema/index.ts";
import { appendEvent } from "#server/events/outbox.ts";

import { type MailData, type MailKind } from "./mail-kinds.ts";

export type MailDraft<K extends MailKind> = {
  kind: K;
  to: string;
  data: MailData[K];
  /** One mail per key, however often the event that leads to it is told. */
  dedupeKey: string;
  accountId?: string | null;
  /** When what it tells of happened; now, by the business clock, if left out. */
  at?: Date;
};

/**
 * Keeps a mail in the transaction of what it tells; the worker renders and sends it after commit. A second call with the
 * same `dedupeKey` does nothing. An address that cannot be one (imported files hold anything), or that could carry a
 * header of its own, gets no mail: the payment that it tells of stands all the same.
 */
export async function queueMail<K extends MailKind>(tx: DbOrTx, draft: MailDraft<K>): Promise<void> {
  if (!isPlainAddress(draft.to)) return;
  const [kept] = await tx
    .insert(mails)
    .values({
      kind: draft.kind,
      toAddress: draft.to,
      data: draft.data,
      dedupeKey: draft.dedupeKey,
      accountId: draft.accountId ?? null,
      ...(draft.at ? { toldAt: draft.at } : {}),
    })
    .onConflictDoNothing({ target: mails.dedupeKey })
    .returning({ id: mails.id });
  if (kept) await appendEvent(tx, "mail.queued", { mailId: kept.id });
}

/** Whether a mail of this key is kept already. */
export async function isQueued(db: DbOrTx, dedupeKey: string): Promise<boolean> {
  return (await db.select({ id: mails.id }).from(mails).where(eq(mails.dedupeKey, dedupeKey))).length > 0;
}

/** One address, no display name, no second recipient, nothing a header could end with (TRUST S70). */
export const isPlainAddress = (address: string): boolean =>
  address.length <= 254 && /^[^\s@<>,;:"()[\]\\\p{Cc}]+@[^\s@<>,;:"()[\]\\\p{Cc}]+$/u.test(address);
