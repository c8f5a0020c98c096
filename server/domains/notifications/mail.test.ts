import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { mails, outbox } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import {
  isPlainAddress,
  listMails,
  listWaitingMailIds,
  queueMail,
  type RenderMail,
  sendQueuedMail,
  type SendMail,
} from "./index.ts";

let t: TestDatabase;
let ctx: Ctx;
const to = "ana@example.com";

beforeAll(async () => {
  t = await createTestDatabase();
  ctx = testCtx(t.db);
});
afterAll(() => t.drop());
beforeEach(async () => {
  await t.db.delete(mails);
  await t.db.delete(outbox);
});

const queueCode = (dedupeKey: string) =>
  queueMail(t.db, { kind: "sign_in_code", to, data: { code: "12345678", minutes: 10 }, dedupeKey });
const queueReply = (dedupeKey: string) =>
  queueMail(t.db, { kind: "new_reply", to, data: { path: "/messages", from: "Sam" }, dedupeKey });

const render: RenderMail = (_, mail) =>
  Promise.resolve({
    subject: mail.kind,
    html: `<p>${JSON.stringify(mail.data)}</p>`,
    plain: JSON.stringify(mail.data),
  });

function collect(): { send: NonNullable<SendMail>; sent: { to: string; id: string; plain: string }[] } {
  const sent: { to: string; id: string; plain: string }[] = [];
  return { sent, send: (mail) => Promise.resolve(void sent.push(mail)) };
}

async function only() {
  const [row] = await t.db.select().from(mails);
  if (!row) throw new Error("no mail");
  return row;
}

test("an event told twice makes one mail, told once", async () => {
  await queueReply("reply:1");
  await queueReply("reply:1");
  const row = await only();
  expect(await t.db.select().from(outbox)).toMatchObject([{ name: "mail.queued", payload: { mailId: row.id } }]);
});

test("a rollback mails nobody", async () => {
  const undone = t.db.transaction(async (tx) => {
    await queueMail(tx, { kind: "new_reply", to, data: { path: "/", from: "Sam" }, dedupeKey: "reply:2" });
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  expect(await t.db.select().from(mails)).toEqual([]);
});

test("a mail is sent once, however often its job runs", async () => {
  await queueReply("reply:3");
  const { id: mailId } = await only();
  const { send, sent } = collect();
  for (let run = 0; run < 3; run += 1) await sendQueuedMail({ ctx, input: { mailId, render, send } });
  expect(sent).toMatchObject([{ to, id: mailId }]);
  expect((await only()).sentAt).not.toBeNull();
});

test("what opens a door is wiped once it is sent; other mail stays readable", async () => {
  await queueCode("code:1");
  const { id: mailId } = await only();
  const { send, sent } = collect();
  await sendQueuedMail({ ctx, input: { mailId, render, send } });
  expect(sent[0]?.plain).toContain("12345678");
  expect(JSON.stringify(await only())).not.toContain("12345678");
});

test("a mail server that is down leaves the mail waiting, with the reason, rendered once", async () => {
  await queueReply("reply:4");
  const { id: mailId } = await only();
  const down = () => Promise.reject(new Error("connection refused"));
  const input = { mailId, render, send: down };
  await expect(sendQueuedMail({ ctx, input })).rejects.toThrow("connection refused");
  expect(await only()).toMatchObject({ attempts: 1, sentAt: null, lastError: "connection refused" });
  expect(await listWaitingMailIds(t.db, true)).toEqual([mailId]);
  const { send, sent } = collect();
  await sendQueuedMail({ ctx, input: { mailId, render: () => Promise.reject(new Error("twice")), send } });
  expect(sent).toHaveLength(1);
  expect(await only()).toMatchObject({ attempts: 2, lastError: null });
});

test("without a mail server a mail is kept and readable, newest first, and no longer waits", async () => {
  await queueReply("reply:5");
  await queueReply("reply:6");
  expect(await listMails(t.db)).toEqual([]);
  const waiting = await listWaitingMailIds(t.db, false);
  for (const mailId of waiting) await sendQueuedMail({ ctx, input: { mailId, render, send: null } });
  expect((await listMails(t.db)).map((mail) => mail.dedupeKey)).toEqual(["reply:6", "reply:5"]);
  expect(await listWaitingMailIds(t.db, false)).toEqual([]);
  expect(await t.db.select().from(mails).where(eq(mails.html, ""))).toEqual([]);
});

test.each([
  "a@b.c\r\nBcc: all@example.com",
  "Ana <ana@example.com>",
  "a@b.c,d@e.f",
  "a@b.c;d@e.f",
  '"x"@example.com',
  "a b@example.com",
  "a@@b.c",
  "",
  `${"a".repeat(251)}@b.c`,
])("an address that could carry a header or a second reader gets none: %j", async (address) => {
  expect(isPlainAddress(address)).toBe(false);
  const draft = { kind: "new_reply" as const, data: { path: "/", from: "x" }, dedupeKey: `bad:${address}` };
  await queueMail(t.db, { ...draft, to: address });
  expect(await t.db.select().from(mails)).toEqual([]);
});
