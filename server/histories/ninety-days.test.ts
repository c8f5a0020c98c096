import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";

import { addDays, localDate } from "#app/contracts/local-date.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { getPolicy, savePolicy } from "#server/domains/business/index.ts";
import { receiveEvent } from "#server/domains/payments/index.ts";
import { proveBooks } from "#server/domains/reconciliation/index.ts";
import { startStandIn, type StandIn } from "#server/testing/stand-in.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { type Home, makeHome } from "./homes.ts";
import { makeMortalWorker } from "./mortal-worker.ts";
import { STORIES } from "./ninety-days-stories.ts";
import { makeObserver } from "./observe.ts";
import { type Fate } from "./worker-protocol.ts";

/** CLOCK_SEED lives through the very deaths that failed; CLOCK_DEATHS through more of them, or none. */
const seed = Number(process.env["CLOCK_SEED"] ?? 20280229);
const deaths = Number(process.env["CLOCK_DEATHS"] ?? 10);

const DAY_MS = 86_400_000;
const FROM = Date.parse("2028-01-20T00:00:00Z");
const DAYS = 91;
/**
 * When the tick comes, in UTC: half past the hours before and after midnight in each zone, in winter and in summer time,
 * so that whoever counts days by UTC or by a fixed offset is seen an hour or a day off. What a day brings is always seen
 * at half past midnight of it.
 */
const TICKS = ["04:30", "05:30", "11:30", "12:30", "17:30", "22:30", "23:30"];
const NOON = "17:30";
/** How long after a death the next worker comes: by then an attempt that nobody works on is found by the sweep. */
const NEXT_WORKER_MS = 15_000;
const NOTICE_DAYS = 10;

let t: TestDatabase;
let standIn: StandIn;
beforeAll(async () => {
  t = await createTestDatabase();
  standIn = await startStandIn(t, new Date(FROM));
});
afterAll(async () => {
  await standIn.stop();
  await t.drop();
});

const ctx = () => testCtx(t.db, { processor: standIn.processor, now: standIn.now() });

async function chargeFees(): Promise<void> {
  const { body, version: expectedVersion } = await getPolicy(t.db, "late_fee");
  const fee = { ...body, enabled: true, basisPoints: 500 };
  await savePolicy({ ctx: ctx(), input: { kind: "late_fee", body: fee, reason: "Ninety days", expectedVersion } });
}

async function moveIn(): Promise<Map<string, Home>> {
  const homes = new Map<string, Home>();
  for (const [code, { zone, money, saved }] of Object.entries(STORIES)) {
    const home = makeHome({ t, standIn, ctx }, { code, zone, money });
    await home.moveIn(saved);
    homes.set(code, home);
  }
  return homes;
}

function makeWorker() {
  const fate = fc.record({
    writes: fc.integer({ min: 1, max: 300 }),
    how: fc.constantFrom<Fate["how"]>("before", "after", "cut off"),
  });
  const fates = fc.sample(fate, { numRuns: deaths, seed });
  return makeMortalWorker({ url: t.url, apiBase: standIn.apiBase }, () => fates.shift() ?? null);
}

/** The processor's news and the worker's rounds until nothing is left to do, however often it dies meanwhile. */
async function untilQuiet(worker: ReturnType<typeof makeWorker>): Promise<void> {
  for (let again = 0; again < 500; again += 1) {
    const news = await standIn.deliveries();
    for (const delivery of news) await receiveEvent({ ctx: ctx(), input: delivery });
    const round = await worker.round(standIn.now());
    if (round.ended === "died" || round.failures.length > 0) {
      await standIn.advance(NEXT_WORKER_MS);
      continue;
    }
    const [waiting] = await t.sql<{ n: string }[]>`select count(*) as n from outbox where relayed_at is null`;
    if (news.length === 0 && waiting?.n === "0") return;
  }
  throw new Error("it never becomes quiet");
}

async function live(): Promise<ReadonlyMap<string, string[]>> {
  const homes = await moveIn();
  const worker = makeWorker();
  const { diary, look, write } = makeObserver(t, (code) => STORIES[code]?.zone ?? "UTC");
  for (let day = 0; day < DAYS; day += 1) {
    const date = new Date(FROM + day * DAY_MS).toISOString().slice(0, 11);
    for (const time of TICKS) {
      await standIn.advance(Date.parse(`${date}${time}:00Z`) - standIn.now().getTime());
      for (const [code, home] of time === NOON ? homes : []) {
        const found = await STORIES[code]?.deeds[home.today()]?.(home);
        if (typeof found === "string") write(code, { now: standIn.now(), text: found, ownDay: null });
      }
      await untilQuiet(worker);
      await look(standIn.now());
    }
  }
  await worker.stop();
  return diary;
}

/** Of a draft by itself, or in the mail of the instalment that moved into it. */
const NOTICE = /^(\S+) 00:\d\d mail: (?:draft_notice|plan_moved, the last) of \d+ on (\S+)$/;

it(`through ninety days everything happens once, on its day, whatever dies meanwhile (seed ${String(seed)})`, async () => {
  await chargeFees();
  const diary = await live();
  const story = [...diary].map(([code, lines]) =>
    [`${code} (${STORIES[code]?.zone ?? ""})`, ...lines.sort()].join("\n"),
  );
  await expect(story.sort().join("\n\n") + "\n").toMatchFileSnapshot("./ninety-days.diary.txt");

  const notices = [...diary.values()]
    .flat()
    .flatMap((line) => [NOTICE.exec(line)?.slice(1) ?? []].filter((found) => found.length));
  expect(notices.length).toBeGreaterThan(5);
  const short = notices.filter(([told = "", taken = ""]) => addDays(localDate(told), NOTICE_DAYS) > localDate(taken));
  expect(short).toEqual([]);

  const { checks } = await proveBooks({ ctx: ctx(), input: { asOf: null } });
  expect(checks.filter((check) => !check.ok)).toEqual([]);
}, 300_000);
