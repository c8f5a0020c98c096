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

test("an application's login that could change the schema is refused (S66)", async () => {
  await expect(migrateDatabase(t.adminUrl, t.adminUrl)).rejects.toThrow(/who may change the schema/);
});

test("the application can neither change what is append-only nor the schema (S66, S67)", async () => {
  for (const table of ["entries", "journals", "audit_entries", "messages", "allocations"]) {
    const name = t.sql(table);
    await expect(t.sql`delete from ${name}`).rejects.toThrow(/permission denied/);
    await expect(t.sql`truncate ${name}`).rejects.toThrow(/permission denied/);
    await expect(t.sql`alter table ${name} add column mine int`).rejects.toThrow(/must be owner/);
    await expect(t.sql`alter table ${name} disable trigger all`).rejects.toThrow(/must be owner/);
  }
  await expect(t.sql`update entries set amount_minor = 0`).rejects.toThrow(/permission denied/);
  await expect(t.sql`update messages set body = ''`).rejects.toThrow(/permission denied/);
  await expect(t.sql`update audit_entries set action = ''`).rejects.toThrow(/permission denied/);
  await expect(t.sql`create table mine (id int)`).rejects.toThrow(/permission denied/);
  await expect(t.sql`set role remit_owner`).rejects.toThrow(/permission denied/);
});
