import { and, desc, eq, inArray, type Placeholder, sql } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { keptQuery } from "#db/kept-query.ts";
import { mails, newsSeen, newsTopicsOff } from "#db/schema/index.ts";
import { decodeInstantCursor, toPage } from "#server/platform/paging.ts";

import { readQuietTopics } from "./news-topics.ts";
import { type StoredMail } from "./send-mail.ts";
import { newsKinds, topicOf } from "./topics.ts";

export type NewsItem = StoredMail & { id: string; at: Date; unseen: boolean };
export type News = {
  items: readonly NewsItem[];
  nextCursor: string | null;
  /** What was kept last: whoever has seen up to here has seen all. */
  upToId: string | null;
};

const PAGE = 30;
/** More than are counted one by one: "9+". */
export const MOST_COUNTED = 10;

type Reader = { accountId: string; loginId: string };

/** What an account was told, newest first, whoever the mail went to and whether it was wished for. Authorise before. */
export async function listNews(
  db: DbOrTx,
  { accountId, loginId, cursor = null }: Reader & { cursor?: string | null },
): Promise<News> {
  const [seen, quiet, rows, [last]] = await Promise.all([
    findSeen(db, { accountId, loginId }),
    readQuietTopics(db, loginId),
    db
      .select({ id: mails.id, kind: mails.kind, data: mails.data, at: mails.toldAt })
      .from(mails)
      .where(and(newsOf(accountId), before(cursor)))
      .orderBy(desc(mails.toldAt), desc(mails.id))
      .limit(PAGE + 1),
    db.select({ id: mails.id }).from(mails).where(newsOf(accountId)).orderBy(desc(mails.id)).limit(1),
  ]);
  const { items, nextCursor } = toPage(rows, PAGE, (row) => [row.at.toISOString(), row.id]);
  const rings = (kind: string) => !quiet.some((topic) => topic === topicOf(kind));
  const news = items.map(
    (row) => ({ ...row, unseen: (seen === null || row.id > seen) && rings(row.kind) }) as NewsItem,
  );
  return { items: news, nextCursor, upToId: last?.id ?? null };
}

/**
 * How many of them this person has not seen, counted up to MOST_COUNTED, without those that do not ring. One round trip:
 * it stands on every page.
 */
export async function countNews(db: DbOrTx, { accountId, loginId }: Reader): Promise<number> {
  const rows = await unseenNews(db).execute({ accountId, loginId });
  return rows.length;
}

const unseenNews = keptQuery((db) => {
  const [accountId, loginId] = [sql.placeholder("accountId"), sql.placeholder("loginId")];
  const seen = sql`(select ${newsSeen.upToId} from ${newsSeen}
    where ${newsSeen.accountId} = ${accountId} and ${newsSeen.loginId} = ${loginId})`;
  const quiet = sql`exists (
    select 1 from ${newsTopicsOff} q join jsonb_each_text(${JSON.stringify(TOPICS)}::jsonb) t on t.value = q.topic
    where q.login_id = ${loginId} and t.key = ${mails.kind})`;
  return db
    .select({ id: mails.id })
    .from(mails)
    .where(
      and(
        newsOf(accountId),
        sql`${mails.id} > coalesce(${seen}, '00000000-0000-0000-0000-000000000000')`,
        sql`not ${quiet}`,
      ),
    )
    .limit(MOST_COUNTED)
    .prepare("unseen_news");
});

const TOPICS = Object.fromEntries(newsKinds().map((kind) => [kind, topicOf(kind)]));

const newsOf = (accountId: string | Placeholder) =>
  and(eq(mails.accountId, accountId), inArray(mails.kind, newsKinds()));

/** A cursor that is none of ours begins at the top. */
function before(cursor: string | null) {
  const after = decodeInstantCursor(cursor);
  return after ? sql`(${mails.toldAt}, ${mails.id}) < (${after.at}::timestamptz, ${after.id}::uuid)` : undefined;
}

async function findSeen(db: DbOrTx, { accountId, loginId }: Reader): Promise<string | null> {
  const [row] = await db
    .select({ upToId: newsSeen.upToId })
    .from(newsSeen)
    .where(and(eq(newsSeen.accountId, accountId), eq(newsSeen.loginId, loginId)));
  return row?.upToId ?? null;
}
