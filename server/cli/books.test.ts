import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";

import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";

import { connect } from "#db/client.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";

let t: TestDatabase;
let folder: string;
beforeAll(async () => {
  t = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), "remit-cli-"));
});
afterAll(async () => {
  await t.drop();
  rmSync(folder, { recursive: true, force: true });
});

type Said = { code: number | null; out: string; err: string };

/** A command as somebody types it, on this test's database. */
const run = (command: "import" | "books", ...words: readonly string[]): Promise<Said> => runOn(t, command, words);

function runOn(books: TestDatabase, command: "import" | "books", words: readonly string[]): Promise<Said> {
  const settings = { DATABASE_URL: books.url, DATABASE_ADMIN_URL: books.adminUrl, DATA_DIR: folder, DEMO: "0" };
  const child = spawn(process.execPath, ["server/cli/run.js", command, ...words], {
    cwd: resolve(import.meta.dirname, "../.."),
    env: {
      ...{ NODE_ENV: "test", PATH: process.env["PATH"], HOME: folder, ALLOW_DEV_MAIL: "1", ALLOW_SANDBOX: "1" },
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (part: Buffer) => (out += part.toString()));
  child.stderr.on("data", (part: Buffer) => (err += part.toString()));
  return new Promise((settle, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      settle({ code, out, err });
    });
  });
}

const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const MAP = {
  ...{ currency: "USD", dateFormat: "M/D/YYYY", paymentTermDays: 30 },
  columns: {
    ...{ accountNumber: "Customer", invoiceNumber: "No", issuedOn: "Date", dueOn: "Due" },
    ...{ amount: "Amount", paidOn: "Paid", disputed: "Disputed" },
  },
};
const HEAD = "Customer,No,Date,Due,Amount,Paid,Disputed";
const MAY = [
  HEAD,
  "C-1,0001,4/1/2026,,100.00,4/20/2026 0:00,No",
  "C-1,0002,5/1/2026,5/15/2026,40.25,,Yes",
  "C-2,0001,5/20/2026,6/19/2026,60.00,6/2/2026,No",
  "C-2,CN-1,5/21/2026,,-5.00,,No",
].join("\r\n");

const CHECKS = ["I1", "I2", "I3", "I4", "I5", "I6", "I8", "I11"];

const books = {
  ...{ ok: true, checks: CHECKS.map((id) => ({ id, ok: true, found: [] })), asOf: "2026-05-31" },
  counts: {
    ...{ accounts: 2, invoices: 3, openInvoices: 2, creditNotes: 1, payments: 1 },
    ...{ journals: 5, entries: 10 },
  },
  currencies: {
    USD: {
      ...{ receivable: "100.25", unappliedCredit: "5.00", clearing: "0.00" },
      aging: {
        ...{ current: "60.00", d1_30: "40.25", d31_60: "0.00", d61_90: "0.00", d90plus: "0.00", disputed: "40.25" },
      },
    },
  },
};

it("a file is imported as of a day; its last line and the books say exactly what came of it; twice is once", async () => {
  const words = [write("may.csv", MAY), "--map", write("map.json", JSON.stringify(MAP)), "--as-of", "2026-05-31"];
  const none = { invoices: 0, creditNotes: 0, accounts: 0, payments: 0, disputes: 0, alreadyPaid: 0 };
  const brought = { rows: 4, invoices: 3, creditNotes: 1, accounts: 2, payments: 1, disputes: 1 };
  const dry = await run("import", ...words, "--dry-run", "--json");
  const lastLine = ({ out }: Said): unknown => JSON.parse(out.trimEnd().split("\n").at(-1) ?? "");
  expect([dry.code, lastLine(dry)]).toEqual([0, { ...brought, alreadyPaid: 0, skipped: 0, bad: [] }]);
  const first = await run("import", ...words, "--json");
  expect([first.code, lastLine(first)]).toEqual([0, { ...brought, alreadyPaid: 0, skipped: 0, bad: [] }]);
  const proof = await run("books", "--as-of", "2026-05-31");
  expect([proof.code, JSON.parse(proof.out)]).toEqual([0, books]);
  const again = await run("import", ...words, "--json");
  expect(lastLine(again)).toEqual({ ...none, rows: 4, alreadyPaid: 1, skipped: 0, bad: [] });

  const june = write("june.csv", `${MAY}\r\nC-3,0001,6/3/2026,,7.00,,No`);
  const next = await run("import", june, "--map", words[2] ?? "", "--as-of", "2026-06-30", "--json");
  expect(lastLine(next)).toMatchObject({ invoices: 1, accounts: 1, payments: 1, disputes: 0, alreadyPaid: 1 });
  // The day that was proved before is told as it was then: only the account is new.
  const may = JSON.parse((await run("books", "--as-of", "2026-05-31")).out) as typeof books;
  expect(may).toEqual({ ...books, counts: { ...books.counts, accounts: 3 } });
}, 180_000);

it("bad rows are told by line, leave everything as it was, and the command ends with 1", async () => {
  const bad = write("bad.csv", [HEAD, "C-1,,5/1/2026,,1.00,,No", "C-1,0002,5/1/2026,5/15/2026,41.00,,Yes"].join("\n"));
  const words = [bad, "--map", write("map.json", JSON.stringify(MAP))];
  const told = await run("import", ...words, "--json");
  expect(told.code).toBe(1);
  expect(JSON.parse(told.out)).toMatchObject({
    bad: [
      { line: 2, reason: "The invoice number is blank." },
      { line: 3, reason: "The books have this invoice with the amount 40.25 USD; the file says 41.00 USD." },
    ],
  });
  const wrong = await run("import", write("broken.csv", `${HEAD}\n"C-1,x`), "--map", words[2] ?? "");
  expect(wrong).toMatchObject({ code: 1, out: "", err: expect.stringMatching(/never closed/) });
}, 120_000);

it("books that are wrong say what, and the command ends with 1", async () => {
  const owner = connect(t.adminUrl, { max: 1 });
  await owner.db.execute(sql`
    update ledger_accounts set balance_minor = balance_minor + 1
    where kind = 'unapplied' and account_id = (select id from accounts where number = 'C-2')`);
  await owner.close();
  const proof = await run("books");
  const report = JSON.parse(proof.out) as { ok: boolean; checks: { id: string; ok: boolean; found: unknown[] }[] };
  expect(proof.code).toBe(1);
  expect(report.ok).toBe(false);
  expect(report.checks.find(({ id }) => id === "I2")).toEqual({
    ...{ id: "I2", ok: false },
    found: [{ what: "unapplied of account C-2", detail: "kept 501, entries 500" }],
  });
  expect(proof.err).toMatch(/^I2 is broken: each stored balance/);
}, 60_000);

/** Real books that may lie beside a checkout; they are no part of it. */
const REAL = resolve(import.meta.dirname, "../../../shared/data/accounts-receivable.csv");

it.each([REAL].filter((path) => existsSync(path)).map((path) => [basename(path), path]))(
  "%s, two years of a hundred customers, come out to the cent, and twice is once",
  async (_name, path) => {
    const empty = await createTestDatabase();
    const map = {
      ...{ currency: "USD", dateFormat: "M/D/YYYY", paymentTermDays: 30 },
      columns: {
        ...{ accountNumber: "customerID", invoiceNumber: "invoiceNumber", issuedOn: "InvoiceDate", dueOn: "DueDate" },
        ...{ amount: "InvoiceAmount", paidOn: "SettledDate", disputed: "Disputed", delivery: "PaperlessBill" },
      },
    };
    const words = [path, "--map", write("real.json", JSON.stringify(map)), "--as-of", "2013-06-30", "--json"];
    const first = await runOn(empty, "import", words);
    expect(JSON.parse(first.out)).toMatchObject({ rows: 2_466, invoices: 1_930, accounts: 100, bad: [] });
    const again = await runOn(empty, "import", words);
    expect(JSON.parse(again.out)).toMatchObject({ invoices: 0, accounts: 0, payments: 0, disputes: 0, bad: [] });
    const proof = await runOn(empty, "books", ["--as-of", "2013-06-30"]);
    expect(JSON.parse(proof.out)).toMatchObject({
      ok: true,
      counts: { accounts: 100, invoices: 1_930, openInvoices: 84 },
      currencies: {
        USD: {
          ...{ receivable: "5119.85", unappliedCredit: "0.00", clearing: "0.00" },
          aging: { current: "4284.29", d1_30: "835.56", d31_60: "0.00", d90plus: "0.00", disputed: "1806.84" },
        },
      },
    });
    const [owing] = await empty.sql<{ customers: string; disputed: string }[]>`
      select count(distinct account_id) as customers, count(*) filter (where held_minor > 0) as disputed
      from invoices where open_minor > 0`;
    expect(owing).toEqual({ customers: "52", disputed: "27" });
    await empty.drop();
  },
  600_000,
);
