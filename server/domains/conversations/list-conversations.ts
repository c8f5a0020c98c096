import { and, eq, type Placeholder, sql } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { keptQuery } from "#db/kept-query.ts";
import { conversations, messageReads, messages } from "#db/schema/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { type Actor, loginIdOf } from "#server/platform/actor.ts";
import { decodeCursor, type Page, PAGE_LIMIT, toPage } from "#server/platform/paging.ts";

import { type Conversation } from "./rows.ts";

export type ConversationRow = Pick<
  Conversation,
  "id" | "number" | "title" | "subject" | "subjectId" | "state" | "personLoginId" | "lastSeq" | "lastMessageAt"
> & {
  /** What others wrote after the reader's mark. */
  unread: number;
};

const CURSOR_NUMBER = /^\d{1,12}(\.\d{1,6})?$/;
export const cursorNumber = (text: string | undefined): string | null =>
  text !== undefined && CURSOR_NUMBER.test(text) ? text : null;

const lastMoved = sql<string>`extract(epoch from coalesce(conversations.last_message_at, conversations.created_at))`;

/**
 * A customer's conversations on an account, the one that moved last first: their own, and with the right to manage
 * everybody's. Staff see all of the account. Throws not_found for a foreign account.
 */
export async function listConversationsOfAccount(
  { db, actor }: { db: DbOrTx; actor: Actor },
  { accountId, cursor }: { accountId: string; cursor?: string | null },
): Promise<Page<ConversationRow>> {
  authorize(actor, "conversation.view", accountId);
  const loginId = loginIdOf(actor);
  const onlyOwn = actor.kind === "customer" && actor.accounts.get(accountId) !== "manage";
  const [key, number] = decodeCursor(cursor, 2) ?? [];
  const after = cursorNumber(key);
  const rows = await db
    .select({
      id: conversations.id,
      number: conversations.number,
      title: conversations.title,
      subject: conversations.subject,
      subjectId: conversations.subjectId,
      state: conversations.state,
      personLoginId: conversations.personLoginId,
      lastSeq: conversations.lastSeq,
      lastMessageAt: conversations.lastMessageAt,
      unread: unreadBy(loginId, actor.kind !== "customer"),
      key: sql<string>`${lastMoved}::text`,
    })
    .from(conversations)
    .where(
      and(
        eq(conversations.accountId, accountId),
        onlyOwn && loginId !== null ? eq(conversations.personLoginId, loginId) : undefined,
        after === null ? undefined : sql`(${lastMoved}, conversations.number) < (${after}::numeric, ${number})`,
      ),
    )
    .orderBy(sql`${lastMoved} desc, conversations.number desc`)
    .limit(PAGE_LIMIT + 1);
  const page = toPage(rows, PAGE_LIMIT, (row) => [row.key, row.number]);
  return { ...page, items: page.items.map(({ key: _, ...row }) => row) };
}

/** How many messages others wrote after the reader's mark, as SQL for a list of conversations. */
export const unreadBy = (loginId: string | Placeholder | null, staff: boolean) => sql<number>`(
  select count(*)::int from ${messages} m
  where m.conversation_id = conversations.id
    and m.seq > coalesce((select r.last_read_seq from ${messageReads} r
      where r.conversation_id = conversations.id and r.login_id = ${loginId}::uuid), 0)
    and m.sender_login_id is distinct from ${loginId}::uuid ${staff ? sql`` : sql`and m.kind <> 'note'`})`;

/** How many messages wait unread for a customer across all they see: the dock's number. */
export async function countUnread(db: DbOrTx, actor: Extract<Actor, { kind: "customer" }>): Promise<number> {
  const reached = [...actor.accounts.keys()];
  if (reached.length === 0) return 0;
  const managed = reached.filter((id) => actor.accounts.get(id) === "manage");
  const uuids = (ids: readonly string[]) => `{${ids.join(",")}}`;
  const [row] = await unreadOf(db).execute({
    loginId: actor.loginId,
    reached: uuids(reached),
    managed: uuids(managed),
  });
  return row?.unread ?? 0;
}

const unreadOf = keptQuery((db) => {
  const [loginId, reached, managed] = [
    sql.placeholder("loginId"),
    sql.placeholder("reached"),
    sql.placeholder("managed"),
  ];
  return db
    .select({ unread: sql<number>`coalesce(sum(${unreadBy(loginId, false)}), 0)::int` })
    .from(conversations)
    .where(
      sql`${conversations.accountId} = any(${reached}::uuid[])
        and (${conversations.personLoginId} = ${loginId} or ${conversations.accountId} = any(${managed}::uuid[]))`,
    )
    .prepare("unread_of_customer");
});
