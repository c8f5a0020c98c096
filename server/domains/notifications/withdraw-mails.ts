import { and, isNull, not, or, sql, eq, gt } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { mails } from "#db/schema/index.ts";

/**
 * Takes back what is no longer true before anybody has read it: mails whose key begins so (`except`: and not so) and that
 * are not out yet. One that was sent, or stands where it can be read because there is no mail server, stays. Says how many.
 */
export async function withdrawMails(
  db: DbOrTx,
  { startsWith, except }: { startsWith: string; except: string | null },
): Promise<number> {
  const begins = (text: string) => sql`starts_with(${mails.dedupeKey}, ${text})`;
  const notOut = and(isNull(mails.sentAt), or(eq(mails.html, ""), gt(mails.attempts, 0)));
  const gone = await db
    .delete(mails)
    .where(and(begins(startsWith), except === null ? undefined : not(begins(except)), notOut))
    .returning({ id: mails.id });
  return gone.length;
}
