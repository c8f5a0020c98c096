import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import { connect, type Connection, type Db } from "./client.ts";
import { createTestDatabase, type TestDatabase } from "./testing/index.ts";
import { withTransaction } from "./transaction.ts";

let t: TestDatabase;
let executioner: Connection;

beforeAll(async () => {
  t = await createTestDatabase();
  executioner = connect(t.url, { max: 1 });
  await t.adminSql`create table steps (n int primary key)`;
  await t.adminSql`grant select, insert on steps to remit_app`;
});
afterAll(async () => {
  await executioner.close();
  await t.drop();
});

const cutAll = () => executioner.sql`
  select pg_terminate_backend(pid) from pg_stat_activity 
  where datname = current_database() and usename = current_user and pid <> pg_backend_pid()`;

/** Writes 1…3 in one transaction, as slowly as a page does; answers whether it was committed. */
async function work(db: Db, first: number): Promise<boolean> {
  const run = withTransaction(db, async (tx) => {
    for (const n of [first, first + 1, first + 2]) await tx.execute(sql`insert into steps values (${n})`);
  });
  return run.then(
    () => true,
    () => false,
  );
}

test("connections cut again and again end no process, leave all or nothing, and the pool heals at once", async () => {
  const promised: number[] = [];
  let next = 0;
  let ended = 0;
  const writer = async () => {
    for (let round = 0; round < 20; round += 1) {
      const first = (next += 10);
      if (await work(t.db, first)) promised.push(first, first + 1, first + 2);
      if ((ended += 1) % 5 === 0) await cutAll();
    }
  };
  await Promise.all(Array.from({ length: 8 }, writer));

  const kept = (await t.adminSql<{ n: number }[]>`select n from steps order by n`).map((row) => row.n);
  expect(kept.filter((n) => n % 10 === 0).every((n) => kept.includes(n + 1) && kept.includes(n + 2))).toBe(true);
  expect(promised.filter((n) => !kept.includes(n))).toEqual([]);
  // A line that was cut in the last moment may still refuse the statement that finds it so, and only that one.
  await expect.poll(() => work(t.db, (next += 10))).toBe(true);
  expect(promised.length).toBeGreaterThan(0);
});
