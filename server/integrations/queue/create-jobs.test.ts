import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { connect } from "#db/client.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { createLogger } from "#server/platform/logger.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { createJobs } from "./create-jobs.ts";
import { patiently } from "./patient-ends.ts";

let t: TestDatabase;
beforeAll(async () => {
  t = await createTestDatabase();
});
afterAll(() => t.drop());

it("a job that fails is logged with what PostgreSQL said, without its payload or a value of its statement (S65)", async () => {
  const lines: string[] = [];
  const log = createLogger({ level: "info", destination: { write: (line: string) => void lines.push(line) } });
  const ctx = testCtx(t.db, { log });
  const jobs = createJobs({ sql: t.sql, adminUrl: t.adminUrl, log, makeCtx: () => ctx });
  jobs.register("spoiled", async () => {
    await ctx.db.execute(sql`select ${"secret-value"}::uuid`);
  });
  await jobs.start();
  await jobs.add("spoiled", { to: "secret-payload" });
  await expect.poll(() => lines.length, { timeout: 20_000 }).toBeGreaterThan(0);
  await jobs.stop();
  const told = lines.join("");
  expect(told).toContain('"code":"22P02"');
  expect(told).toMatch(/Failed task \d+ \(spoiled/);
  expect(told).not.toMatch(/secret-(?:value|payload)/);
});

it("lines cut as jobs end, again and again: the process lives, and no job stays locked or undone (R17, R37)", async () => {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const ctx = testCtx(t.db, { log });
  const jobs = createJobs({ sql: t.sql, adminUrl: t.adminUrl, log, makeCtx: () => ctx });
  const executioner = connect(t.adminUrl, { max: 1, applicationName: "executioner" });
  const cutAll = () => executioner.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and application_name <> 'remit'`;
  const runs = new Map<number, number>();
  // Each cuts the very lines on which its end is about to be recorded; every third fails when it first runs.
  jobs.register("cut", async (_ctx, payload) => {
    const { n } = payload as { n: number };
    const run = (runs.get(n) ?? 0) + 1;
    runs.set(n, run);
    await cutAll();
    if (n % 3 === 0 && run === 1) throw new Error("fails once");
  });
  await jobs.start();
  for (let n = 1; n <= 12; n += 1) await jobs.add("cut", { n });
  const left = () => executioner.sql`select id from graphile_worker.jobs where task_identifier = 'cut'`;
  await expect.poll(async () => (await left()).length, { timeout: 30_000 }).toBe(0);
  expect(runs.size).toBe(12);
  await jobs.stop();
  await executioner.close();
}, 60_000);

describe("a claim is a lease", () => {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const queue = { queue: "imports" };
  const jobsWith = () =>
    createJobs({ sql: t.sql, adminUrl: t.adminUrl, log, makeCtx: () => testCtx(t.db, { log }), leaseMs: 600 });

  it("one that nobody heard of is given back, and the queue with it; what waited behind it runs as well", async () => {
    const jobs = jobsWith();
    const ran: number[] = [];
    jobs.register("import", (_ctx, payload) => Promise.resolve(void ran.push((payload as { n: number }).n)));
    await jobs.start();
    await jobs.stop();
    for (const n of [1, 2]) await jobs.add("import", { n }, queue);
    // As the database has it when it dies between the claim and its answer.
    await t.adminSql`
      with claimed as (
        update graphile_worker._private_jobs set locked_at = now() - interval '2 minutes', locked_by = 'gone', attempts = 1
        where id = (select min(id) from graphile_worker.jobs where queue_name = 'imports') returning job_queue_id
      )
      update graphile_worker._private_job_queues q set locked_at = now() - interval '2 minutes', locked_by = 'gone'
      from claimed where q.id = claimed.job_queue_id`;
    await jobs.start();
    await expect.poll(() => ran.toSorted(), { timeout: 20_000 }).toEqual([1, 2]);
    await jobs.stop();
  });

  it("of a job that runs for longer it is renewed, and the job runs once", async () => {
    const jobs = jobsWith();
    let runs = 0;
    let finish: () => void = () => undefined;
    const over = new Promise<void>((resolve) => (finish = resolve));
    jobs.register("long", () => {
      runs += 1;
      return over;
    });
    await jobs.start();
    await jobs.add("long", {}, queue);
    const claims = () => t.adminSql<{ run: string; queue: string }[]>`
      select j.locked_at::text as run, q.locked_at::text as queue
      from graphile_worker._private_jobs j join graphile_worker._private_job_queues q on q.id = j.job_queue_id
      where j.locked_by is not null and q.locked_by = j.locked_by`;
    await expect.poll(async () => (await claims()).length, { timeout: 20_000 }).toBe(1);
    const [first] = await claims();
    const renewed = () => t.adminSql`
      select from graphile_worker._private_jobs j join graphile_worker._private_job_queues q on q.id = j.job_queue_id
      where least(j.locked_at, q.locked_at) > ${first?.run ?? ""}::timestamptz + interval '2 seconds'`;
    await expect.poll(async () => (await renewed()).length, { timeout: 20_000 }).toBe(1);
    expect(runs).toBe(1);
    finish();
    await jobs.stop();
  });
});

it("an end that cannot be recorded at once is tried again, and told of once", async () => {
  const told: string[] = [];
  const say = (_facts: object, words: string) => void told.push(words);
  let tries = 0;
  const record = patiently(
    () => {
      tries += 1;
      return tries < 4 ? Promise.reject(new Error("cut")) : Promise.resolve();
    },
    { info: say, warn: say, error: say },
  );
  await record();
  expect([tries, told]).toEqual([4, ["how a job ended cannot be recorded now; it is tried again"]]);
});
