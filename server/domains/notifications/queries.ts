import { and, desc, eq, isNull, ne } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { mails } from "#db/schema/index.ts";
import { notFound } from "#server/platform/faults.ts";

export type Mail = typeof mails.$inferSelect;

/** The newest rendered mails, for installations that keep mail instead of sending it. */
export async function listMails(db: DbOrTx, limit = 100): Promise<Mail[]> {
  return db.select().from(mails).where(ne(mails.html, "")).orderBy(desc(mails.id)).limit(limit);
}

/** Throws not_found for an unknown id. */
export async function getMail(db: DbOrTx, mailId: string): Promise<Mail> {
  const [row] = await db.select().from(mails).where(eq(mails.id, mailId)).limit(1);
  if (!row) throw notFound("mail");
  return row;
}

/** Mails that nobody has rendered or sent yet: queued again when a process starts. */
export async function listWaitingMailIds(db: DbOrTx, sends: boolean): Promise<string[]> {
  const unsent = and(isNull(mails.sentAt), isNull(mails.skippedAt));
  const waiting = sends ? unsent : and(unsent, eq(mails.html, ""));
  const rows = await db.select({ id: mails.id }).from(mails).where(waiting).orderBy(mails.createdAt).limit(1_000);
  return rows.map((row) => row.id);
}
