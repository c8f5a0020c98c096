import { afterAll, beforeAll, expect, test } from "vitest";

import { migrateDatabase } from "./migrate.ts";
import { createTestDatabase, type TestDatabase } from "./testing/index.ts";

let t: TestDatabase;
beforeAll(async () => {
  t = await createTestDatabase();
});
afterAll(() => t.drop());

test("processes that start at once migrate once, and again changes nothing", async () => {
  await t.adminSql`comment on schema drizzle is 'an older one'`;
  const count = () => t.adminSql`select count(*) from drizzle.__drizzle_migrations`;
  const before = await count();
  await Promise.all([1, 2, 3].map(() => migrateDatabase(t.adminUrl, t.url)));
  expect(await count()).toEqual(before);
});

test("the application may queue a job, and may not change the queue's tables", async () => {
  await t.sql`select graphile_worker.add_job('nothing', '{}'::json)`;
  await expect(t.sql`alter table graphile_worker._private_jobs add column mine int`).rejects.toThrow(/must be owner/);
});
