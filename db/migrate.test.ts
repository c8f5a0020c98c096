import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { stripHidden } from "#app/contracts/strip-hidden.ts";

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

/** The statement of one migration again, as its owner: it finds what is in the tables. */
const migration = (name: string) => readFileSync(resolve(import.meta.dirname, `migrations/${name}.sql`), "utf8");

test("signs that nobody sees are taken out of the names that stand, in the rows that hold one", async () => {
  const [a, b, c] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
  const town = { line1: "1 Har\u200bbor Rd", city: "Portl\u202eand", postalCode: "04101", country: "US" };
  await t.adminSql`insert into accounts (id, number, name, phone, address, currency, zone) values
    (${a}, 'S-1', ${"Le\u200ba \u202eCohen"}, ${"555\u200e"}, ${t.adminSql.json(town)}, 'USD', 'UTC'),
    (${b}, 'S-2', ${"\u202e\u200b"}, null, null, 'USD', 'UTC'), (${c}, 'S-3', 'משה כהן', null, null, 'USD', 'UTC')`;
  await t.adminSql`insert into logins (id, email, name, role) values (${a}, 's1@a.test', ${"Sa\u2066m\u2069"}, 'rep')`;
  await t.adminSql`insert into contacts (id, account_id, name, note) values (${a}, ${a}, ${"\u200fDan"}, ${"\ufeff"})`;
  await t.adminSql`insert into business (name, legal_name, zone, currency) values (${"Har\u200bbor"}, ${"H\u061c"}, 'UTC', 'USD')`;
  const versions = () => t.adminSql`select xmin::text from accounts where id = ${c}`;
  const before = await versions();

  await t.adminSql.unsafe(migration("0035_signs-nobody-sees"));

  const left = await t.adminSql`select name, phone, address from accounts where number like 'S-%' order by number`;
  expect(left.map((row) => row)).toEqual([
    { name: "Lea Cohen", phone: "555", address: { ...town, line1: "1 Harbor Rd", city: "Portland" } },
    { name: "S-2", phone: null, address: null },
    { name: "משה כהן", phone: null, address: null },
  ]);
  expect(await t.adminSql`select name from logins where id = ${a}`).toEqual([{ name: "Sam" }]);
  expect(await t.adminSql`select name, note from contacts where id = ${a}`).toEqual([{ name: "Dan", note: null }]);
  expect(await t.adminSql`select name, legal_name from business`).toEqual([{ name: "Harbor", legal_name: "H" }]);
  expect(await versions()).toEqual(before);
});

test("a migration takes out the very signs that forms take out", async () => {
  const [, signs = ""] = /:= '(\[.*?\])'/.exec(migration("0035_signs-nobody-sees")) ?? [];
  const rows = await t.adminSql<{ code: number }[]>`
    select code from generate_series(1, 65535) code
    where code not between 55296 and 57343 and chr(code) ~ ${signs}`;
  const all = Array.from({ length: 65_535 }, (_, at) => at + 1);
  const stripped = all.filter((code) => stripHidden(String.fromCharCode(code)) === "");
  expect(rows.map(({ code }) => code)).toEqual(stripped);
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
