import { randomUUID } from "node:crypto";

import { eq } from "drizzle-orm";
import { type Sql } from "postgres";

import { conversations, logins } from "../../db/schema/index.ts";
import { withDatabase } from "../../server/cli/with-database.ts";
import { postMessage } from "../../server/domains/conversations/index.ts";
import { fill, OWN, readIds } from "./addresses.ts";
import { openDoors, type Who } from "./doors.ts";
import { dataPath, pages } from "./hostile.ts";
import { expect, test } from "../test.ts";

const READERS = ["anonymous", "customer", "viewer", "rep", "admin"] as const satisfies readonly Who[];
type Read = { path: string; who: Who; status: number; cache: string | undefined; text: string };
type Rows = Record<string, string>;

/** Everything that can be read, read once by each of these; and the demo's rows before and after. */
let reads: Read[];
let rows: { before: Rows; after: Rows };

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  const [ids, doors] = [await readIds(), await openDoors(browser)];
  await noteIn(ids.own["/messages/:number"] ?? "");
  // What a young server and these people have left to the tick is done first: the clock stays, its duties are done.
  expect((await doors.anonymous.post("/sandbox/clock", { data: { days: 0, hours: 0 } })).ok()).toBe(true);
  const before = await withDatabase("e2e", ({ sql }) => rowsOfDemo(sql));
  reads = [];
  for (const page of pages) {
    const path = fill(page.path, ids.own);
    if (path === null) continue;
    // As a browser asks for it first, and its data alone as its script does.
    const asked = READERS.flatMap((who) => [path, dataPath(path)].map((way) => ({ who, path: way })));
    reads.push(
      ...(await Promise.all(
        asked.map(async ({ who, path }) => {
          const answer = await doors[who].get(path, { maxRedirects: 0 });
          const text = path.includes(".pdf") ? "" : await answer.text();
          return { path, who, status: answer.status(), cache: answer.headers()["cache-control"], text };
        }),
      )),
    );
  }
  rows = { before, after: await withDatabase("e2e", ({ sql }) => rowsOfDemo(sql)) };
});

/** They count how often they were opened, and a bill's document makes the one that it prints. */
const PAY_LINKS = "pay_links";

/** Every row about the demo's accounts, table by table: nobody else of a run works with them. */
async function rowsOfDemo(sql: Sql): Promise<Rows> {
  const tables = await sql<{ name: string }[]>`
    select c.table_name as name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'account_id' and t.table_type = 'BASE TABLE' and c.table_name <> ${PAY_LINKS} order by 1`;
  const hashes: Rows = {};
  const demo = sql`(select id from accounts where number like 'LKW-%')`;
  for (const { name } of tables) {
    const [row] = await sql<{ hash: string | null }[]>`
      select md5(string_agg(t::text, ',' order by t::text)) as hash from ${sql(name)} t where account_id in ${demo}`;
    hashes[name] = row?.hash ?? "";
  }
  const [told] = await sql<{ outbox: string; entries: string; messages: string }[]>`
    select (select count(*) from outbox where payload->>'accountId' in (select id::text from accounts where number like 'LKW-%')) as outbox,
      (select md5(string_agg(e::text, ',' order by e::text)) from entries e join ledger_accounts l on l.id = e.ledger_account_id
        where l.account_id in ${demo}) as entries,
      (select md5(string_agg(m::text, ',' order by m::text)) from messages m join conversations c on c.id = m.conversation_id
        where c.account_id in ${demo}) as messages`;
  return { ...hashes, ...told };
}

test("no page, document or data that is read changes anything (S10)", () => {
  expect(Object.keys(rows.before).length).toBeGreaterThan(25);
  expect(reads.length).toBeGreaterThan(750);
  expect(rows.after).toEqual(rows.before);
});

test("what is shown to somebody stays out of every cache (S61)", () => {
  const kept = reads.flatMap(({ path, who, cache = "nothing" }) =>
    path.startsWith("/logo") || /\bno-store\b/.test(cache) ? [] : [`${who} at ${path}: ${cache}`],
  );
  expect(kept).toEqual([]);
});

/** Ids of the processor's objects. */
const PROCESSOR_ID =
  /\b(?:pi|pm|cus|ch|py|re|pyr|src|seti|evt|txn|po|du|dp|mandate|ba|card|tok|ctoken)_[A-Za-z0-9]{8,}/;

/** What a customer of this account must never read: others' addresses and names of accounts, what staff note. */
async function secretsFrom(sql: Sql): Promise<string[]> {
  const rows = await sql<{ text: string }[]>`
    with own as (select id from accounts where number = ${OWN}), mine as (
      select l.id from logins l join account_people p on p.login_id = l.id where p.account_id in (select id from own))
    select email as text from logins where id not in (select id from mine)
    union select email from accounts where id not in (select id from own) and email is not null
    union select number from accounts where id not in (select id from own)
    union select body from messages where kind = 'note'
    union select email from contacts where email is not null
    union select note from contacts where note is not null
    union select reason from collection_pauses`;
  return rows.map(({ text }) => text).filter((text) => text.length > 5);
}

/** A rep's note in the very thread that the customer reads. */
async function noteIn(number: string): Promise<void> {
  await withDatabase("e2e", async ({ db, ctx }) => {
    const [rep] = await db.select().from(logins).where(eq(logins.email, "rep@demo.test"));
    const [thread] = await db.select().from(conversations).where(eq(conversations.number, number));
    if (!rep || !thread) throw new Error("the demo has a rep and a thread");
    const { id: loginId, name, email } = rep;
    const actor = { ...({ kind: "staff", role: "rep", loginId } as const), name, email, locale: "en-US" };
    const words = { clientId: randomUUID(), body: `Between us: ${randomUUID()}`, asNote: true };
    await postMessage({ ctx: { ...ctx, actor }, input: { conversationId: thread.id, ...words } });
  });
}

test("no processor's id, staff's note or other person's data is in what a customer's browser is sent (S5)", async () => {
  const secrets = await withDatabase("e2e", ({ sql }) => secretsFrom(sql));
  expect(secrets.length).toBeGreaterThan(100);
  const sent = reads.filter(({ who, status }) => who !== "rep" && who !== "admin" && status === 200);
  expect(sent.length).toBeGreaterThan(100);
  const told = sent.flatMap(({ path, who, text }) =>
    [PROCESSOR_ID.exec(text)?.[0], ...secrets.filter((secret) => text.includes(secret))].flatMap((found) =>
      found === undefined ? [] : [`${who} at ${path}: ${found.slice(0, 60)}`],
    ),
  );
  expect(told).toEqual([]);
});
