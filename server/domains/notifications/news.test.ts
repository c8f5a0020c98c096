import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { logins, mails, newsTopicsOff } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { createAccounts } from "#server/domains/accounts/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { countNews, listNews, markNewsSeen, queueMail, readQuietTopics, writeQuietTopics } from "./index.ts";

let t: TestDatabase;
let who: { accountId: string; loginId: string };
let told = 0;

beforeAll(async () => {
  t = await createTestDatabase();
  const accounts = [{ number: "N-1", name: "Ana", email: null, currency: currency("USD"), zone: "UTC" }];
  const { value } = await createAccounts({ ctx: testCtx(t.db), input: { accounts } });
  const [login] = await t.db
    .insert(logins)
    .values({ email: "ana@example.com", name: "Ana", role: "customer" })
    .returning();
  who = { accountId: value[0]?.id ?? "", loginId: login?.id ?? "" };
});
afterAll(() => t.drop());
beforeEach(async () => {
  await t.db.delete(mails);
  await t.db.delete(newsTopicsOff);
});

async function tell(from: string, at?: Date): Promise<void> {
  told += 1;
  await queueMail(t.db, {
    ...{ kind: "new_reply", to: "ana@example.com", accountId: who.accountId, dedupeKey: `news ${String(told)}` },
    ...(at ? { at } : {}),
    data: { path: "/messages", from },
  });
}

const dayOf = (day: number) => new Date(Date.UTC(2026, 10, 1 + day, 12));
const namesOf = async (cursor: string | null = null) => {
  const { items, nextCursor } = await listNews(t.db, { ...who, cursor });
  return { names: items.map(({ data }) => (data as { from: string }).from), nextCursor };
};

test("news stand in the order they were told, however late they were kept, over several pages", async () => {
  const days = Array.from({ length: 40 }, (_, day) => day);
  for (const day of days.toSorted((a, b) => ((a * 7) % 40) - ((b * 7) % 40)))
    await tell(`day ${String(day)}`, dayOf(day));
  const first = await namesOf();
  const second = await namesOf(first.nextCursor);
  expect([...first.names, ...second.names]).toEqual(days.toReversed().map((day) => `day ${String(day)}`));
  expect(second.nextCursor).toBeNull();
  expect((await namesOf("made up")).names).toEqual(first.names);
});

test("told by the business clock, also when the stand-in's was moved", async () => {
  await t.adminSql`insert into business_clock (id, offset_ms) values (1, ${90 * 86_400_000})`;
  await tell("later");
  await t.adminSql`delete from business_clock`;
  const { items } = await listNews(t.db, who);
  const days = ((items[0]?.at.getTime() ?? 0) - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(90);
});

test("what is seen up to the last one kept is seen, whatever day it tells of", async () => {
  await tell("today", dayOf(20));
  await tell("of last week, kept later", dayOf(3));
  const { items, upToId } = await listNews(t.db, who);
  expect(items.map(({ unseen }) => unseen)).toEqual([true, true]);
  await markNewsSeen(t.db, { ...who, upToId: upToId ?? "" });
  expect(await countNews(t.db, who)).toBe(0);
  expect((await listNews(t.db, who)).items.map(({ unseen }) => unseen)).toEqual([false, false]);
});

test("a topic that does not ring is listed and never counted as new, and rings again when wished", async () => {
  await writeQuietTopics(t.db, { loginId: who.loginId, ring: { reply: false, bill: true } });
  await tell("quiet");
  expect(await readQuietTopics(t.db, who.loginId)).toEqual(["reply"]);
  expect(await countNews(t.db, who)).toBe(0);
  expect((await listNews(t.db, who)).items).toMatchObject([{ kind: "new_reply", unseen: false }]);
  await writeQuietTopics(t.db, { loginId: who.loginId, ring: { reply: true } });
  expect(await countNews(t.db, who)).toBe(1);
});
