import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import { createTestDatabase, type TestDatabase } from "./testing/index.ts";
import { brokenConstraint, sqlState, withTransaction } from "./transaction.ts";

let t: TestDatabase;

beforeAll(async () => {
  t = await createTestDatabase();
  await t.adminSql`create table pots (id int primary key, amount int not null constraint never_negative check (amount >= 0))`;
  await t.adminSql`grant select, insert, update on pots to remit_app`;
  await t.adminSql`insert into pots values (1, 100), (2, 100)`;
});
afterAll(() => t.drop());

const add = (id: number, amount: number) => sql`update pots set amount = amount + ${amount} where id = ${id}`;
const amounts = async () =>
  (await t.sql<{ amount: number }[]>`select amount from pots order by id`).map((row) => row.amount);

test("a transaction that throws leaves nothing behind", async () => {
  const before = await amounts();
  const run = withTransaction(t.db, async (tx) => {
    await tx.execute(add(1, 5));
    throw new Error("changed my mind");
  });
  await expect(run).rejects.toThrow("changed my mind");
  expect(await amounts()).toEqual(before);
});

test("work inside a transaction joins it, so the outer one decides", async () => {
  const before = await amounts();
  const run = withTransaction(t.db, async (outer) => {
    await withTransaction(outer, (inner) => inner.execute(add(1, 5)));
    throw new Error("the outer one fails");
  });
  await expect(run).rejects.toThrow("the outer one fails");
  expect(await amounts()).toEqual(before);
});

test("two transactions that lock in opposite order both commit, because the deadlocked one is tried again", async () => {
  const [one = 0, two = 0] = await amounts();
  let attempts = 0;
  let arrived = 0;
  let meet: () => void = () => undefined;
  const bothHoldOne = new Promise<void>((resolve) => (meet = resolve));
  const cross = (first: number, second: number) =>
    withTransaction(t.db, async (tx) => {
      attempts += 1;
      await tx.execute(add(first, 1));
      arrived += 1;
      if (arrived === 2) meet();
      await bothHoldOne;
      await tx.execute(add(second, 1));
    });
  await Promise.all([cross(1, 2), cross(2, 1)]);
  expect(await amounts()).toEqual([one + 2, two + 2]);
  expect(attempts).toBeGreaterThan(2);
});

test("a broken constraint is not tried again and keeps its name", async () => {
  let attempts = 0;
  const run = withTransaction(t.db, async (tx) => {
    attempts += 1;
    await tx.execute(add(1, -1000));
  });
  const error: unknown = await run.catch((reason: unknown) => reason);
  expect([attempts, sqlState(error), brokenConstraint(error)]).toEqual([1, "23514", "never_negative"]);
});

test("the application role cannot change the schema", async () => {
  await expect(t.sql`create table mine (id int)`).rejects.toThrow(/permission denied/);
  await expect(t.sql`drop table pots`).rejects.toThrow(/must be owner/);
});
