import { randomUUID } from "node:crypto";

import postgres from "postgres";

import { localDate } from "#app/contracts/local-date.ts";
import { type OpenDatabase } from "#db/open-database.ts";
import { listMessages } from "#server/domains/conversations/index.ts";
import { listBills } from "#server/domains/invoices/index.ts";
import { encodeCursor } from "#server/platform/paging.ts";

import { atMost, compare, type Line, median } from "./measure.ts";

const DEPTH = 100_000;
const today = localDate("2026-01-01");

/** P5: a page of a thread and of a bill list at depth 100,000, against the first page. */
export async function benchLists(database: OpenDatabase, say: (what: string) => void): Promise<Line[]> {
  say("a hundred thousand messages and bills are made");
  const owner = postgres(database.adminUrl, { max: 1, onnotice: () => undefined });
  const [accountId, actionId, conversationId] = [randomUUID(), randomUUID(), randomUUID()];
  await owner`insert into accounts (id, number, name, currency, zone) values (${accountId}, 'DEEP', 'Deep', 'USD', 'UTC')`;
  await owner`insert into money_actions (id, kind, state, amount_minor, currency, idempotency_key, input_hash, occurred_on)
    values (${actionId}, 'issue_invoice', 'done', 0, 'USD', 'deep', '\\x00', '2026-01-01')`;
  await owner`insert into invoices (account_id, number, action_id, issued_on, due_on, currency, total_minor)
    select ${accountId}, 'DEEP-' || n, ${actionId}, date '2026-01-01' - (n / 100)::int, date '2026-02-01', 'USD', 0
    from generate_series(1, ${DEPTH + 200}) n`;
  await owner`insert into conversations (id, number, account_id, title, last_seq)
    values (${conversationId}, 'DEEP', ${accountId}, 'Deep', ${DEPTH + 200})`;
  await owner`insert into messages (conversation_id, seq, client_id, kind, sender_role, body)
    select ${conversationId}, n, gen_random_uuid(), 'text', 'customer', 'Message ' || n
    from generate_series(1, ${DEPTH + 200}) n`;
  await owner`vacuum analyze invoices`;
  await owner`vacuum analyze messages`;
  const [deep] = await owner<{ issued: string; id: string }[]>`
    select issued_on::text as issued, id from invoices where account_id = ${accountId}
    order by issued_on desc, id desc offset ${DEPTH} limit 1`;
  await owner.end();
  const { db } = database;
  const cursor = encodeCursor([deep?.issued ?? "", deep?.id ?? ""]);
  say("pages at depth");
  const bills = await compare(
    {
      ours: () => listBills(db, { accountId, today, cursor }),
      reference: () => listBills(db, { accountId, today }),
    },
    { workers: 2 },
  );
  const thread = await compare(
    {
      ours: () => listMessages(db, { conversationId, forStaff: true, beforeSeq: 150 }),
      reference: () => listMessages(db, { conversationId, forStaff: true }),
    },
    { workers: 2 },
  );
  // Rates, so the time at depth against the time at the top is one over the ratio.
  const slower = (ratios: readonly number[]) => 1 / median(ratios);
  return [
    atMost("P5", "page of a bill list at depth 100,000", slower(bills.ratios), { bound: 1.2, unit: "×" }),
    atMost("P5", "page of a thread at depth 100,000", slower(thread.ratios), { bound: 1.2, unit: "×" }),
  ];
}
