import { Readable } from "node:stream";

import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { localDate } from "#app/contracts/local-date.ts";
import { createTestDatabase } from "#db/testing/index.ts";
import { business, importRows, importRuns } from "#db/schema/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { type ImportInput, importMapSchema, runImport } from "./index.ts";

const map = importMapSchema.parse({
  currency: "USD",
  dateFormat: "YYYY-MM-DD",
  columns: {
    accountNumber: "account",
    invoiceNumber: "invoice",
    issuedOn: "issued",
    dueOn: "due",
    amount: "amount",
    paidOn: "paid",
    disputed: "disputed",
  },
});
const lineMap = importMapSchema.parse({
  currency: "USD",
  dateFormat: "YYYY-MM-DD",
  columns: {
    accountNumber: "account",
    invoiceNumber: "invoice",
    issuedOn: "issued",
    lineDescription: "what",
    lineQuantity: "qty",
    lineUnitPrice: "price",
    lineTax: "tax",
  },
});
const HEAD = "account,invoice,issued,due,amount,paid,disputed";

let t: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  t = await createTestDatabase();
  await t.db.insert(business).values({ name: "Harbor Water", zone: "America/New_York", currency: currency("USD") });
});
afterAll(() => t.drop());

/** Each test has accounts of its own. */
let place = 0;
beforeEach(() => {
  place += 1;
});
const file = (...rows: string[]) => [HEAD, ...rows.map((row) => `A${place}-${row}`)].join("\r\n");

function run(text: string | Buffer, input: Partial<ImportInput> = {}) {
  const source = Readable.from([Buffer.from(text)]);
  const ctx = testCtx(t.db);
  return runImport({ ctx, db: t.db, input: { fileName: "books.csv", source, map, asOf: null, ...input } });
}

async function totals() {
  const [row] = await t.db.execute<Record<string, string>>(sql`
    select count(*)::text as bills, coalesce(sum(open_minor), 0)::text as open, coalesce(sum(held_minor), 0)::text as held,
      count(*) filter (where open_minor > 0)::text as open_bills,
      (select coalesce(sum(left_minor), 0)::text from open_credits o join accounts b on b.id = o.account_id
       where b.number like ${`A${place}-%`}) as credit,
      (select count(*)::text from journals) as journals
    from invoices i join accounts a on a.id = i.account_id where a.number like ${`A${place}-%`}`);
  return row;
}

describe("an import", () => {
  it("brings bills, true payments and disputes, and a second run changes nothing", async () => {
    const books = file(
      "1,100,2026-01-01,2026-01-31,50.00,2026-01-20,No",
      "1,101,2026-02-01,2026-03-03,70.25,,Yes",
      "2,100,2026-02-01,2026-03-03,10,2026-02-10,Yes",
    );
    const first = await run(books);
    expect(first).toMatchObject({
      ok: true,
      value: { rows: 3, invoices: 3, accounts: 2, payments: 2, disputes: 2, alreadyPaid: 0, skipped: 0, bad: [] },
    });
    const after = await totals();
    expect(after).toMatchObject({ bills: "3", open: "7025", held: "7025", open_bills: "1", credit: "0" });
    const second = await run(books);
    expect(second).toMatchObject({
      ok: true,
      value: { invoices: 0, payments: 0, disputes: 0, alreadyPaid: 2, unchanged: 1 },
    });
    expect(await totals()).toEqual(after);
  });

  it("of next month pays what is still open and adds what is new", async () => {
    await run(file("1,1,2026-01-01,2026-01-31,50.00,,Yes"));
    const next = await run(
      file("1,1,2026-01-01,2026-01-31,50.00,2026-02-05,Yes", "1,2,2026-02-01,2026-03-01,20.00,,No"),
    );
    expect(next).toMatchObject({ ok: true, value: { invoices: 1, payments: 1, disputes: 0 } });
    expect(await totals()).toMatchObject({ open: "2000", held: "0" });
    const [dispute] = await t.db.execute(sql`
      select d.state, d.closed_on::text from disputes d join accounts a on a.id = d.account_id
      where a.number = ${`A${place}-1`}`);
    expect(dispute).toEqual({ state: "closed", closed_on: "2026-02-05" });
  });

  it("as of a day leaves out later bills and keeps later payments open", async () => {
    const books = file("1,1,2026-01-01,2026-01-31,50.00,2026-03-01,No", "1,2,2026-02-15,2026-03-15,20.00,,No");
    expect(await run(books, { asOf: localDate("2026-02-01") })).toMatchObject({
      ok: true,
      value: { invoices: 1, payments: 0, afterAsOf: 1 },
    });
    expect(await totals()).toMatchObject({ bills: "1", open: "5000" });
  });

  it("imports nothing at all when one row is bad, and says which", async () => {
    const books = file(
      "1,1,2026-01-01,2026-01-31,50.00,,No",
      "1,2,2026-13-01,2026-01-31,50.00,,No",
      ",3,2026-01-01,,1,,No",
    );
    const answer = await run(books);
    expect(answer).toMatchObject({ ok: false, reason: "bad_rows" });
    const bad = !answer.ok && "outcome" in answer ? answer.outcome.bad : [];
    expect(bad).toEqual([
      { line: 3, problem: { code: "not_a_date", field: "issuedOn", text: "2026-13-01", format: "YYYY-MM-DD" } },
    ]);
    expect(await totals()).toMatchObject({ bills: "0" });
  });

  it("with skipBad leaves out the whole bill of a bad row and goes on", async () => {
    const text = [
      "account,invoice,issued,what,qty,price,tax",
      ...["1,1,2026-01-01,Water,10,0.1325,0.10", "1,2,2026-01-01,Water,1,2,0", "1,1,2026-01-01,Fee,1,x,0"].map(
        (row) => `A${place}-${row}`,
      ),
    ].join("\n");
    const answer = await run(text, { map: lineMap, skipBad: true });
    expect(answer).toMatchObject({ ok: true, value: { rows: 3, invoices: 1, skipped: 1, bad: [{ line: 4 }] } });
    expect(await totals()).toMatchObject({ bills: "1", open: "200" });
  });

  it("puts a bill together from rows that do not stand together, each line rounded once", async () => {
    const rows = [
      "1,1,2026-01-01,Water,10.5,0.1325,0.07",
      "1,2,2026-01-01,Water,1,5,0",
      "1,1,2026-01-01,Base fee,1,3,0.16",
    ];
    const text = ["account,invoice,issued,what,qty,price,tax", ...rows.map((row) => `A${place}-${row}`)].join("\n");
    expect(await run(text, { map: lineMap })).toMatchObject({ ok: true, value: { invoices: 2 } });
    // 10.5 × 0.1325 = 1.39125 → 1.39; + 0.07 + 3.00 + 0.16 = 4.62
    expect(await totals()).toMatchObject({ open: "962" });
  });

  it("makes a negative total a credit note, paid out when the file says so", async () => {
    const answer = await run(
      file("1,C1,2026-01-01,2026-01-01,-30.00,,No", "1,C2,2026-01-01,2026-01-01,(5.00),2026-01-09,No"),
    );
    expect(answer).toMatchObject({ ok: true, value: { invoices: 0, creditNotes: 2 } });
    expect(await totals()).toMatchObject({ bills: "0", credit: "3000" });
    expect(await run(file("1,C1,2026-01-01,2026-01-01,-30.00,,No"))).toMatchObject({
      ok: true,
      value: { creditNotes: 0, unchanged: 1 },
    });
  });

  it("refuses a bill whose amount changed, showing old and new", async () => {
    await run(file("1,1,2026-01-01,2026-01-31,50.00,,No"));
    const answer = await run(file("1,1,2026-01-01,2026-01-31,55.00,,No"));
    expect(!answer.ok && "outcome" in answer && answer.outcome.bad[0]?.problem).toMatchObject({
      code: "changed",
      old: "5000",
      new: "5500",
    });
  });

  it("refuses a bill that was paid on another day than a file said before; a blank one says nothing", async () => {
    await run(file("1,1,2026-01-01,2026-01-31,50.00,2026-02-05,No"));
    const after = await totals();
    const answer = await run(file("1,1,2026-01-01,2026-01-31,50.00,2026-02-06,No"));
    expect(!answer.ok && "outcome" in answer && answer.outcome.bad[0]?.problem).toMatchObject({
      ...{ code: "changed", field: "paidOn", old: "2026-02-05", new: "2026-02-06" },
    });
    const blank = await run(file("1,1,2026-01-01,2026-01-31,50.00,,No"));
    expect(blank).toMatchObject({ ok: true, value: { unchanged: 1 } });
    expect(await totals()).toEqual(after);
  });

  it("pays out what is left of a credit note when a later file says that it was paid, once", async () => {
    await run(file("1,C1,2026-01-01,2026-01-01,-30.00,,No"));
    expect(await totals()).toMatchObject({ credit: "3000" });
    const later = file("1,C1,2026-01-01,2026-01-01,-30.00,2026-02-01,No");
    await run(later);
    const after = await totals();
    expect(after).toMatchObject({ credit: "0" });
    expect(await run(later)).toMatchObject({ ok: true, value: { alreadyPaid: 1 } });
    expect(await totals()).toEqual(after);
    const [paid] = await t.db.execute(sql`
      select j.occurred_on::text as day, sum(e.amount_minor) filter (where l.kind = 'imported')::text as imported
      from journals j join entries e on e.journal_number = j.number join ledger_accounts l on l.id = e.ledger_account_id
      where j.number = (select max(number) from journals where kind = 'imported_credit_note_paid') group by 1`);
    expect(paid).toEqual({ day: "2026-02-01", imported: "-3000" });
  });

  it("closes a dispute that a later file tells of on a bill that is paid", async () => {
    await run(file("1,1,2026-01-01,2026-01-31,50.00,2026-01-20,No"));
    const again = await run(file("1,1,2026-01-01,2026-01-31,50.00,2026-01-20,Yes"));
    expect(again).toMatchObject({ ok: true, value: { disputes: 1, alreadyPaid: 1 } });
    const [dispute] = await t.db.execute(sql`
      select d.state, d.closed_on::text from disputes d join accounts a on a.id = d.account_id
      where a.number = ${`A${place}-1`}`);
    expect(dispute).toEqual({ state: "closed", closed_on: "2026-01-20" });
  });

  it.each([
    ["a byte order mark", (text: string) => `\ufeff${text}`],
    ["line ends of another system", (text: string) => text.replaceAll("\r\n", "\n")],
    ["empty rows at its end", (text: string) => `${text}\r\n\r\n`],
    ["semicolons between its columns", (text: string) => text.replaceAll(",", ";")],
    ["pieces that end anywhere", (text: string) => text],
  ])("reads a file with %s", async (what, change) => {
    const text = change(file("1,1,2026-01-01,2026-01-31,50.00,,No", "1,2,2026-01-01,2026-01-31,7.00,,No"));
    const bytes = Buffer.from(text);
    const pieces = what.startsWith("pieces") ? [...bytes].map((byte) => Buffer.from([byte])) : [bytes];
    expect(await run(text, { source: Readable.from(pieces) })).toMatchObject({ ok: true, value: { invoices: 2 } });
    expect(await totals()).toMatchObject({ open: "5700" });
  });

  it("reads decimal commas between semicolons, and a semicolon in a name between commas", async () => {
    const comma = importMapSchema.parse({ ...map, decimal: "," });
    const rows = file("1,1,2026-01-01,2026-01-31,AMOUNT,,No").replaceAll(",", ";").replace("AMOUNT", "1.050,75");
    expect(await run(rows, { map: comma })).toMatchObject({ ok: true, value: { invoices: 1 } });
    expect(await totals()).toMatchObject({ open: "105075" });
    const named = importMapSchema.parse({ ...map, columns: { ...map.columns, accountName: "name" } });
    const text = `${HEAD},name\nA${place}-9,1,2026-01-01,2026-01-31,1.00,,No,Fox; Ltd`;
    expect(await run(text, { map: named })).toMatchObject({ ok: true, value: { accounts: 1 } });
    const [account] = await t.db.execute(sql`select name from accounts where number = ${`A${place}-9`}`);
    expect(account).toEqual({ name: "Fox; Ltd" });
  });

  it("takes names and numbers without the signs that make them read as others", async () => {
    const named = importMapSchema.parse({ ...map, columns: { ...map.columns, accountName: "name" } });
    const text = `${HEAD},name\nA${place}-9,1\u202e,2026-01-01,2026-01-31,1.00,,No,Fo\u202ex`;
    expect(await run(text, { map: named })).toMatchObject({ ok: true, value: { accounts: 1 } });
    const [row] = await t.db.execute(sql`
      select a.name, i.number from accounts a join invoices i on i.account_id = a.id where a.number = ${`A${place}-9`}`);
    expect(row).toEqual({ name: "Fox", number: "1" });
  });

  it("goes on where a run of the same file died", async () => {
    const books = file("1,1,2026-01-01,2026-01-31,50.00,,No", "1,2,2026-01-01,2026-01-31,7.00,,No");
    const [died] = await t.db
      .insert(importRuns)
      .values({ fileName: "books.csv", map: {}, state: "checking" })
      .returning();
    const runId = died?.id ?? "";
    const left = { runId, line: 2, accountNumber: `A${place}-1`, invoiceNumber: "1", fields: {} };
    await t.db.insert(importRows).values(left);
    expect(await run(books, { runId })).toMatchObject({ ok: true, value: { rows: 2, invoices: 2 } });
    expect(await totals()).toMatchObject({ open: "5700" });
  });

  it("reads thousands of bills from a table that was filled a moment ago", async () => {
    const many = Array.from({ length: 12_000 }, (_, at) => `${at % 7},${at},2026-01-01,2026-01-31,1.00,,No`);
    const answer = await run(file(...many), { dryRun: true });
    expect(answer).toMatchObject({ ok: true, value: { rows: 12_000, invoices: 12_000, accounts: 7 } });
  }, 60_000);

  it("tells how far it is, and a bill of nothing is a bill", async () => {
    const steps = new Set<string>();
    const books = file("1,1,2026-01-01,2026-01-31,0.00,,Yes", "1,2,2026-01-01,2026-01-31,0,2026-01-04,No");
    const answer = await run(books, { onProgress: ({ step }) => void steps.add(step) });
    expect(answer).toMatchObject({ ok: true, value: { invoices: 2, payments: 0, disputes: 0 } });
    expect([...steps]).toEqual(["reading", "checking", "posting"]);
    expect(await totals()).toMatchObject({ bills: "2", open: "0" });
  });

  it("tried dry changes nothing and counts the same", async () => {
    const books = file("1,1,2026-01-01,2026-01-31,50.00,2026-01-02,Yes");
    expect(await run(books, { dryRun: true })).toMatchObject({
      ok: true,
      value: { invoices: 1, payments: 1, disputes: 1, accounts: 1 },
    });
    expect(await totals()).toMatchObject({ bills: "0" });
  });

  it.each([
    ["nothing", "", { reason: "empty_file" }],
    ["another file", "a,b\n1,2", { reason: "missing_columns" }],
    ["a quote that never ends", `${HEAD}\n"A,1,2026-01-01,,1,,No`, { reason: "not_csv", what: "quote_not_closed" }],
    [
      "another encoding",
      Buffer.concat([Buffer.from(`${HEAD}\nA,`), Buffer.from([0xe9, 0x2c])]),
      { reason: "not_utf8" },
    ],
  ])("refuses %s with a reason", async (_what, text, refusal) => {
    expect(await run(text)).toMatchObject({ ok: false, ...refusal });
  });

  it("is refused to whoever may not import", async () => {
    const ctx = { ...testCtx(t.db), actor: { kind: "anonymous" as const } };
    const input = { fileName: "x", source: Readable.from([HEAD]), map, asOf: null };
    await expect(runImport({ ctx, db: t.db, input })).rejects.toMatchObject({ code: "unauthenticated" });
  });
});
