import { bigint, boolean, char, customType, integer, jsonb, numeric, pgTable, text } from "drizzle-orm/pg-core";
import { asc } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { localDate } from "../app/contracts/local-date.ts";
import { bytea, createdAt, day, instant } from "./columns.ts";
import { insertNewRows, insertRows } from "./insert-rows.ts";
import { createTestDatabase, type TestDatabase } from "./testing/index.ts";

const kinds = pgTable("kinds", {
  id: integer("id").primaryKey(),
  label: text("label"),
  exact: numeric("exact"),
  amount: bigint("amount", { mode: "bigint" }),
  code: char("code", { length: 3 }),
  on: day("on_day"),
  at: instant("at"),
  sure: boolean("sure").notNull().default(true),
  facts: jsonb("facts"),
  createdAt: createdAt(),
});
const blobs = pgTable("blobs", { bytes: bytea("bytes") });

let t: TestDatabase;

beforeAll(async () => {
  t = await createTestDatabase();
  await t.adminSql`create table kinds (id int primary key, label text, exact numeric, amount bigint, code char(3),
    on_day date, at timestamptz, sure boolean not null default true, facts jsonb, created_at timestamptz not null default now())`;
  await t.adminSql`create table blobs (bytes bytea)`;
  await t.adminSql`grant select, insert, delete on kinds, blobs to remit_app`;
});
beforeEach(() => t.db.delete(kinds));
afterAll(() => t.drop());

const read = () => t.db.select().from(kinds).orderBy(asc(kinds.id));

test("rows arrive as they were told, whatever stands in them", async () => {
  const awkward = [
    '"quoted"',
    "back\\slash",
    "{a,b}",
    "NULL",
    "null",
    "",
    " ",
    "a\nb",
    "'; drop table kinds --",
    "日本 é 🙂",
  ];
  const rows = awkward.map((label, id) => ({
    ...{ id, label, exact: "0.1325", amount: 9_007_199_254_740_993n, code: "USD", sure: id % 2 === 0 },
    ...{ on: localDate("2028-02-29"), at: new Date("2026-11-27T23:59:59.123Z"), facts: { label, list: [1, null] } },
  }));
  await insertRows(t.db, kinds, rows);
  expect(await read()).toMatchObject(rows);
});

test("nothing told is null where others tell it, and the default where nobody does", async () => {
  await insertRows(t.db, kinds, [{ id: 1, label: "a" }, { id: 2, amount: null }, { id: 3 }]);
  expect(await read()).toMatchObject([
    { id: 1, label: "a", sure: true },
    { id: 2, label: null, amount: null, sure: true },
    { id: 3, label: null, sure: true },
  ]);
});

test("no rows are no statement", async () => {
  await insertRows(t.db, kinds, []);
  expect(await read()).toEqual([]);
});

test("bytes arrive as they are", async () => {
  const bytes = Buffer.from([0, 1, 92, 34, 255]);
  await insertRows(t.db, blobs, [{ bytes }]);
  expect(await t.db.select().from(blobs)).toEqual([{ bytes }]);
});

test("a column without a text form is a fault, not a wrong value", async () => {
  const place = customType<{ data: { x: number } }>({ dataType: () => "point", toDriver: ({ x }) => ({ x }) });
  await expect(insertRows(t.db, pgTable("dots", { at: place("at") }), [{ at: { x: 1 } }])).rejects.toThrow(
    "no text form",
  );
});

test("of new rows those whose key is taken are left out, the others are answered as they stand", async () => {
  await insertRows(t.db, kinds, [{ id: 2, label: "first" }]);
  const told = [
    {
      id: 1,
      label: "a",
      amount: 5n,
      on: localDate("2028-02-29"),
      at: new Date("2026-11-27T23:59:59.123Z"),
      facts: [1],
    },
    { id: 2, label: "late", amount: null, on: null, at: null, facts: null },
  ];
  const added = await insertNewRows(t.db, kinds, told, kinds.id);
  const stand = await read();
  expect(stand.map(({ id, label }) => [id, label])).toEqual([
    [1, "a"],
    [2, "first"],
  ]);
  expect(added).toEqual(stand.slice(0, 1));
});
