import { sql } from "drizzle-orm";

import { queueMail } from "#server/domains/notifications/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

/** Whoever has the thread open reads within seconds; after this long they are away. */
const AWAY_MINUTES = 5;
/** Older answers are found in the thread: after a stop nobody is mailed about last week. */
const OLDEST_DAYS = 3;

type Away = { id: string; number: string; accountId: string; email: string; from: string; readSeq: number };

/**
 * Mails people about answers they have not read for five minutes: once for each time they are away, not once for each
 * message. The tick's duty; finds its own work, so that a restart forgets nothing.
 */
export async function mailAwayReplies(ctx: Ctx): Promise<void> {
  const now = ctx.now.toISOString();
  const rows = await ctx.db.execute<Away>(sql`
    select c.id, c.number, c.account_id as "accountId", p.email, rep.name as "from", coalesce(r.last_read_seq, 0) as "readSeq"
    from conversations c
    join logins p on p.id = c.person_login_id and p.suspended_at is null
    left join message_reads r on r.conversation_id = c.id and r.login_id = c.person_login_id
    join lateral (
      select m.sender_login_id, m.created_at from messages m
      where m.conversation_id = c.id and m.seq > coalesce(r.last_read_seq, 0)
        and m.sender_role = 'staff' and m.kind in ('text', 'card')
      order by m.seq limit 1
    ) first on true
    join logins rep on rep.id = first.sender_login_id
    where c.last_message_at > ${now}::timestamptz - make_interval(days => ${OLDEST_DAYS})
      and first.created_at <= ${now}::timestamptz - make_interval(mins => ${AWAY_MINUTES})
      and not exists (select 1 from mails t where t.dedupe_key = 'reply:' || c.id || ':' || coalesce(r.last_read_seq, 0))
    order by c.id`);
  for (const { id, number, accountId, email, from, readSeq } of rows) {
    await queueMail(ctx.db, {
      ...{ kind: "new_reply", to: email, accountId, dedupeKey: `reply:${id}:${String(readSeq)}` },
      data: { path: `/messages/${number}`, from },
    });
  }
}
