import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { type Db } from "#db/client.ts";
import { rateLimits } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";

import { appendEvent } from "./outbox.ts";
import { createRelay, type Relay } from "./relay.ts";

let t: TestDatabase;
let relay: Relay;
let failures: number;

beforeAll(async () => {
  t = await createTestDatabase();
});
afterAll(() => t.drop());
beforeEach(async () => {
  await t.adminSql`delete from outbox`;
  failures = 0;
  relay = createRelay({
    db: t.db,
    log: { info: () => undefined, warn: () => undefined, error: () => void (failures += 1) },
  });
});

const tell = (mailId: string) => withTransaction(t.db, (tx) => appendEvent(tx, "mail.queued", { mailId }));
const waiting = async () => (await t.sql`select 1 from outbox where relayed_at is null`).length;

describe("an event", () => {
  it("commits with what it tells of, or not at all", async () => {
    await t.adminSql`alter table outbox add constraint no_poison check (payload ->> 'mailId' <> 'poison')`;
    const work = (mailId: string) =>
      withTransaction(t.db, async (tx) => {
        await appendEvent(tx, "mail.queued", { mailId });
        await tx.insert(rateLimits).values({ key: mailId, count: 1, resetsAt: new Date() });
      });
    await expect(work("poison")).rejects.toThrow();
    expect([await waiting(), (await t.sql`select 1 from rate_limits where key = 'poison'`).length]).toEqual([0, 0]);
    await work("fine");
    expect([await waiting(), (await t.sql`select 1 from rate_limits where key = 'fine'`).length]).toEqual([1, 1]);
    await t.adminSql`alter table outbox drop constraint no_poison`;
  });
});

describe("the relay", () => {
  it("tells each event once, in the order of its writing", async () => {
    const heard: string[] = [];
    relay.on("mail.queued", ({ mailId }) => void heard.push(mailId));
    for (const id of ["a", "b", "c"]) await tell(id);
    await relay.drain();
    await relay.drain();
    expect(heard).toEqual(["a", "b", "c"]);
    expect(await waiting()).toBe(0);
  });

  it("tells an event again when a subscriber failed, later and later, and keeps nothing else waiting for it", async () => {
    const heard: string[] = [];
    let broken = true;
    relay.on("mail.queued", ({ mailId }) => {
      if (mailId === "a" && broken) throw new Error("the queue is away");
      heard.push(mailId);
    });
    for (const id of ["a", "b"]) await tell(id);
    await relay.drain();
    expect([heard, failures, await waiting()]).toEqual([["b"], 1, 1]);

    await relay.drain();
    expect(failures).toBe(1);
    const pause = async () => {
      const [row] = await t.sql<{ seconds: number }[]>`
        select round(extract(epoch from retry_at - now()))::int as seconds from outbox where relayed_at is null`;
      return row?.seconds ?? 0;
    };
    const first = await pause();
    await t.adminSql`update outbox set retry_at = now(), failures = 8 where relayed_at is null`;
    await relay.drain();
    expect(failures).toBe(2);
    expect(await pause()).toBeGreaterThan(first);

    broken = false;
    await t.adminSql`update outbox set retry_at = now() where relayed_at is null`;
    await relay.drain();
    expect([heard, await waiting()]).toEqual([["b", "a"], 0]);
  });

  it("says once that the database is away, and tells those who gave out work when it is back", async () => {
    let away = true;
    let backs = 0;
    const cut = () => Promise.reject(Object.assign(new Error("starting up"), { code: "57P03" }));
    const transaction: Db["transaction"] = (work) => (away ? cut() : t.db.transaction(work));
    const told: string[] = [];
    const say = (_facts: object, words: string) => void told.push(words);
    const patient = createRelay({ db: { transaction } as Db, log: { info: say, warn: say, error: say } });
    patient.onBack(() => {
      backs += 1;
      return backs === 1 ? cut() : Promise.resolve();
    });
    for (let round = 0; round < 5; round += 1) await patient.drain();
    expect([told, backs]).toEqual([["the outbox relay failed a round"], 0]);
    away = false;
    for (let round = 0; round < 5; round += 1) await patient.drain();
    expect([told.length, backs]).toEqual([1, 2]);
  });
});
