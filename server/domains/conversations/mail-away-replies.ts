import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";

import { messages } from "#db/schema/index.ts";
import { queueMail } from "#server/domains/notifications/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { shorten } from "./rules.ts";

/** Whoever has the thread open reads within seconds; after this long they are away. */
const AWAY_MINUTES = 5;
/** What is written after a mail, to somebody who has not come back, waits this long for the next one. */
const AGAIN_MINUTES = 60;
/** Older answers are found in the thread: after a stop nobody is mailed about last week. */
const OLDEST_DAYS = 3;
/** A mail says so many messages, and so many signs of each. */
const [MOST_SAID, MOST_SIGNS] = [5, 700];

type Away = { id: string; number: string; accountId: string; email: string; from: string; toldSeq: number };

/**
 * Mails people the answers that they have not read for five minutes: at once what was written meanwhile, and what comes
 * after it an hour later at the soonest. A card that has a mail of its own to the same person is told by that one. The
 * tick's duty; finds its own work, so that a restart forgets nothing.
 */
export async function mailAwayReplies(ctx: Ctx): Promise<void> {
  for (const away of await findAway(ctx)) {
    const { id, number, accountId, email, from, toldSeq } = away;
    const written = await listWritten(ctx, away);
    const upToSeq = written.at(-1)?.seq ?? toldSeq;
    const said = written.map(({ body }) => body.trim()).filter((body) => body !== "");
    const shown = said.slice(-MOST_SAID).map((body) => shorten(body, MOST_SIGNS));
    await queueMail(ctx.db, {
      ...{ kind: "new_reply", to: email, accountId, dedupeKey: `reply:${id}:up to ${String(upToSeq)}`, at: ctx.now },
      data: { path: `/messages/${number}`, from, said: shown, more: written.length - shown.length, upToSeq },
    });
  }
}

const OWN_MAILS = sql`('credit_given', 'refund_sent', 'refund_failed', 'plan_offered', 'dispute_decided')`;

/** What a person has read or was mailed before is not told again; after they have read, the next answer need not wait. */
function findAway({ db, now: at }: Ctx) {
  const now = sql`${at.toISOString()}::timestamptz`;
  return db.execute<Away>(sql`
    select c.id, c.number, c.account_id as "accountId", p.email, rep.name as "from", since.seq as "toldSeq"
    from conversations c
    join logins p on p.id = c.person_login_id and p.suspended_at is null
    left join message_reads r on r.conversation_id = c.id and r.login_id = c.person_login_id
    left join lateral (
      select max((t.data->>'upToSeq')::int) as seq, max(t.told_at) as at from mails t
      where t.account_id = c.account_id and t.kind = 'new_reply' and t.data->>'path' = '/messages/' || c.number
    ) told on true
    cross join lateral (select coalesce(greatest(r.last_read_seq, told.seq), 0) as seq) since
    join lateral (
      select m.sender_login_id, m.created_at from messages m
      where m.conversation_id = c.id and m.seq > since.seq and m.sender_role = 'staff'
        and (m.kind = 'text' or m.kind = 'card' and not exists (
          select 1 from mails t where t.account_id = c.account_id and t.kind in ${OWN_MAILS}
            and t.told_at >= m.created_at and (t.to_address = p.email::text or exists (
              select 1 from mails copy where copy.dedupe_key = t.dedupe_key || ':' || p.email::text))))
      order by m.seq limit 1
    ) first on true
    join logins rep on rep.id = first.sender_login_id
    where c.last_message_at > ${now} - make_interval(days => ${OLDEST_DAYS})
      and first.created_at <= ${now} - make_interval(mins => ${AWAY_MINUTES})
      and (told.seq is null or told.seq <= coalesce(r.last_read_seq, 0)
        or told.at <= ${now} - make_interval(mins => ${AGAIN_MINUTES}))
    order by c.id`);
}

/** Notes are never among them. */
const listWritten = ({ db }: Ctx, { id, toldSeq }: Away) =>
  db
    .select({ seq: messages.seq, body: messages.body })
    .from(messages)
    .where(
      and(
        ...[eq(messages.conversationId, id), gt(messages.seq, toldSeq), eq(messages.senderRole, "staff")],
        inArray(messages.kind, ["text", "card"]),
      ),
    )
    .orderBy(asc(messages.seq));
