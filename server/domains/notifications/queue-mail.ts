import { eq } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { mails } from "#db/schema/index.ts";
import { appendEvent } from "#server/events/outbox.ts";

import { type MailData, type MailKind } from "./mail-kinds.ts";
import { type AccountMailKind } from "./topics.ts";

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

/** Keeps a mail to one person: about their login, or a thread of theirs. What an account is told goes by `mailAccount`. */
export const queueMail = <K extends Exclude<MailKind, AccountMailKind>>(
  tx: DbOrTx,
  draft: MailDraft<K>,
): Promise<boolean> => keepMail(tx, draft);

/**
 * Keeps a mail in the transaction of what it tells; the worker renders and sends it after commit. A second call with the
 * same `dedupeKey` does nothing. An address that cannot be one (imported files hold anything), or that could carry a
 * header of its own, gets no mail: the payment that it tells of stands all the same. Says whether it is kept now.
 */
export async function keepMail<K extends MailKind>(tx: DbOrTx, draft: MailDraft<K>): Promise<boolean> {
  if (!isPlainAddress(draft.to)) return false;
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
  return kept !== undefined;
}

/** The key of the same mail to one more reader: it stands among the account's news once, under its own key. */
export const copyKey = (dedupeKey: string, to: string): string => `${dedupeKey}:${to}`;

/** Whether a mail of this key is kept already. */
export async function isQueued(db: DbOrTx, dedupeKey: string): Promise<boolean> {
  return (await db.select({ id: mails.id }).from(mails).where(eq(mails.dedupeKey, dedupeKey))).length > 0;
}

/** One address, no display name, no second recipient, nothing a header could end with (TRUST S70). */
export const isPlainAddress = (address: string): boolean =>
  address.length <= 254 && /^[^\s@<>,;:"()[\]\\\p{Cc}]+@[^\s@<>,;:"()[\]\\\p{Cc}]+$/u.test(address);
