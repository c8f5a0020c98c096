import { and, desc, eq, inArray, lt, sql } from "drizzle-orm";
import { z } from "zod";

import { type DbOrTx } from "#db/client.ts";
import { mails, newsSeen } from "#db/schema/index.ts";

import { type StoredMail } from "./send-mail.ts";
import { NEWS_KINDS } from "./topics.ts";

export type NewsItem = StoredMail & { id: string; at: Date; unseen: boolean };

const PAGE = 30;
/** More than are counted one by one: "9+". */
export const MOST_COUNTED = 10;

type Reader = { accountId: string; loginId: string };

/** What an account was told, newest first, whoever the mail went to and whether it was wished for. Authorise before. */
export async function listNews(
  db: DbOrTx,
  { accountId, loginId, cursor = null }: Reader & { cursor?: string | null },
): Promise<{ items: NewsItem[]; nextCursor: string | null }> {
  const after = z.uuid().safeParse(cursor);
  const [seen, rows] = await Promise.all([
    findSeen(db, { accountId, loginId }),
    db
      .select({ id: mails.id, kind: mails.kind, data: mails.data, at: mails.createdAt })
      .from(mails)
      .where(and(newsOf(accountId), after.success ? lt(mails.id, after.data) : undefined))
      .orderBy(desc(mails.id))
      .limit(PAGE + 1),
  ]);
  const items = rows.slice(0, PAGE).map((row) => ({ ...row, unseen: seen === null || row.id > seen }) as NewsItem);
  return { items, nextCursor: rows.length > PAGE ? (items.at(-1)?.id ?? null) : null };
}

/** How many of them this person has not seen, counted up to MOST_COUNTED. One round trip: it stands on every page. */
export async function countNews(db: DbOrTx, { accountId, loginId }: Reader): Promise<number> {
  const seen = sql`(select ${newsSeen.upToId} from ${newsSeen}
    where ${newsSeen.accountId} = ${accountId} and ${newsSeen.loginId} = ${loginId})`;
  const rows = await db
    .select({ id: mails.id })
    .from(mails)
    .where(and(newsOf(accountId), sql`${mails.id} > coalesce(${seen}, '00000000-0000-0000-0000-000000000000')`))
    .limit(MOST_COUNTED);
  return rows.length;
}

const newsOf = (accountId: string) => and(eq(mails.accountId, accountId), inArray(mails.kind, [...NEWS_KINDS]));

async function findSeen(db: DbOrTx, { accountId, loginId }: Reader): Promise<string | null> {
  const [row] = await db
    .select({ upToId: newsSeen.upToId })
    .from(newsSeen)
    .where(and(eq(newsSeen.accountId, accountId), eq(newsSeen.loginId, loginId)));
  return row?.upToId ?? null;
}
