import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { mails, mailTopicsOff } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import {
  findUnsubscribe,
  listMails,
  listWaitingMailIds,
  MAIL_TOPICS,
  mayBeOff,
  moveTopicsOff,
  keepMail,
  readTopicsOff,
  type RenderMail,
  sendQueuedMail,
  unsubscribe,
  unsubscribePath,
  writeTopicsOff,
} from "./index.ts";

let t: TestDatabase;
let ctx: Ctx;
const to = "Ana@Example.com";

beforeAll(async () => {
  t = await createTestDatabase();
  ctx = testCtx(t.db, { publicUrl: "https://pay.example.com" });
});
afterAll(() => t.drop());
beforeEach(async () => {
  await t.db.delete(mails);
  await t.db.delete(mailTopicsOff);
});

const render: RenderMail = (_, { kind, stopPath, choosePath }) => {
  const plain = stopPath ?? choosePath ?? "always";
  return Promise.resolve({ subject: kind, html: `<p>${plain}</p>`, plain });
};

async function queueOne(kind: "new_reply" | "payment_returned" | "payment_processing"): Promise<string> {
  const common = { to, dedupeKey: `${kind}:${String(await t.db.$count(mails))}` };
  const amount = { amountMinor: "100", currency: "USD" };
  const data = { paymentPath: "/payments/1", amount, method: "Checking", accountNumber: "1" };
  if (kind === "new_reply") await keepMail(t.db, { ...common, kind, data: { path: "/messages/C-1", from: "Sam" } });
  else if (kind === "payment_returned") await keepMail(t.db, { ...common, kind, data });
  else await keepMail(t.db, { ...common, kind, data: { ...data, expectedOn: "2026-12-01" } });
  const [row] = await t.db.select().from(mails).where(eq(mails.dedupeKey, common.dedupeKey));
  return row?.id ?? "";
}

async function send(mailId: string) {
  const sent: { stopUrl: string | null; plain: string }[] = [];
  await sendQueuedMail({ ctx, input: { mailId, render, send: (mail) => Promise.resolve(void sent.push(mail)) } });
  return sent;
}

const tokenOf = (mailId: string) => unsubscribePath(ctx.keyFor, mailId).replace("/unsubscribe/", "");

test("a mail of a topic that is switched off is not sent, now or after a restart, whatever the case of the address", async () => {
  await writeTopicsOff(t.db, { address: "ana@example.com", wanted: { reply: false } });
  const mailId = await queueOne("new_reply");
  expect(await send(mailId)).toEqual([]);
  expect(await listWaitingMailIds(t.db, true)).toEqual([]);
  expect(await listMails(t.db)).toEqual([]);
  await writeTopicsOff(t.db, { address: to, wanted: { reply: true } });
  expect(await send(await queueOne("new_reply"))).toHaveLength(1);
});

test("what must be sent is never off: a wish is not kept, and one in the table counts for nothing", async () => {
  await writeTopicsOff(t.db, { address: to, wanted: Object.fromEntries(MAIL_TOPICS.map((topic) => [topic, false])) });
  expect((await readTopicsOff(t.db, to)).every(mayBeOff)).toBe(true);
  await t.db.insert(mailTopicsOff).values({ address: to.toLowerCase(), topic: "returned" });
  expect(await send(await queueOne("payment_returned"))).toEqual([expect.objectContaining({ stopUrl: null })]);
});

test("what proves that money moved has a preference, and no button of a mail program that ends it", async () => {
  const mailId = await queueOne("payment_processing");
  expect(await send(mailId)).toEqual([expect.objectContaining({ stopUrl: null, plain: "/settings/notices" })]);
  await writeTopicsOff(t.db, { address: to, wanted: { receipt: false } });
  expect(await send(await queueOne("payment_processing"))).toEqual([]);
});

describe("the link of a mail", () => {
  test("stops its topic for its reader and no other, and sends again", async () => {
    const mailId = await queueOne("new_reply");
    const [sent] = await send(mailId);
    expect(sent?.stopUrl).toBe(`https://pay.example.com${unsubscribePath(ctx.keyFor, mailId)}`);
    const token = tokenOf(mailId);
    expect(await findUnsubscribe(ctx, token)).toEqual({ topic: "reply", off: false });
    for (const off of [true, true, false]) {
      expect(await unsubscribe({ ctx, input: { token, off } })).toEqual({ ok: true, value: { topic: "reply", off } });
      expect(await readTopicsOff(t.db, to)).toEqual(off ? ["reply"] : []);
    }
    expect(await readTopicsOff(t.db, "bo@example.com")).toEqual([]);
  });

  test.each([
    ["nothing", () => ""],
    ["somebody's guess", () => "A".repeat(43)],
    ["another mail under this one's proof", (id: string) => `B${tokenOf(id).slice(1)}`],
    ["the same in another spelling", (id: string) => `${tokenOf(id)}=`],
  ])("made of %s stops nothing", async (_, make) => {
    const token = make(await queueOne("new_reply"));
    expect(await findUnsubscribe(ctx, token)).toBeNull();
    expect(await unsubscribe({ ctx, input: { token, off: true } })).toEqual({ ok: false, reason: "link_over" });
    expect(await readTopicsOff(t.db, to)).toEqual([]);
  });

  test("of a mail that must be sent stops nothing", async () => {
    const token = tokenOf(await queueOne("payment_returned"));
    expect(await unsubscribe({ ctx, input: { token, off: true } })).toEqual({ ok: false, reason: "link_over" });
  });
});

test("choices go along to a new address", async () => {
  await writeTopicsOff(t.db, { address: to, wanted: { reply: false, bill: false } });
  await moveTopicsOff(t.db, { from: to, to: "ana@new.example.com" });
  expect(new Set(await readTopicsOff(t.db, "ana@new.example.com"))).toEqual(new Set(["reply", "bill"]));
});
