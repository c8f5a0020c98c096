import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";

import { importStoppedText } from "#app/contracts/messages/imports.ts";
import { currency } from "#app/contracts/currency.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { business, importRuns } from "#db/schema/index.ts";
import { createRelay } from "#server/events/relay.ts";
import { createJobs } from "#server/integrations/queue/create-jobs.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import {
  endLeftImports,
  getImportRun,
  importMapSchema,
  requestImport,
  uploadImport,
} from "#server/domains/imports/index.ts";

import { registerImports } from "./register-imports.ts";

const HEAD = "account,invoice,issued,amount";
const ROWS = ["A-1,1,2026-01-01,50.00", "A-1,2,2026-01-02,7.00"];
const map = importMapSchema.parse({
  ...{ currency: "USD", dateFormat: "YYYY-MM-DD" },
  columns: { accountNumber: "account", invoiceNumber: "invoice", issuedOn: "issued", amount: "amount" },
});

let t: TestDatabase;
beforeAll(async () => {
  t = await createTestDatabase();
  await t.db.insert(business).values({ name: "Harbor Water", zone: "America/New_York", currency: currency("USD") });
});
afterAll(() => t.drop());

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

it("a run whose process died three times ends as failed, says so, and is started again", async () => {
  const ctx = testCtx(t.db, { log });
  const bytes = Buffer.from([HEAD, ...ROWS].join("\n"));
  const uploaded = await uploadImport({ ctx, input: { fileName: "books.csv", bytes } });
  if (!uploaded.ok) throw new Error(uploaded.reason);
  const { runId } = uploaded.value;
  const ask = () => requestImport({ ctx, input: { runId, map, asOf: null, skipBad: false, dryRun: false } });
  const state = async () => (await getImportRun(ctx, runId)).run.state;
  const jobs = createJobs({ sql: t.sql, adminUrl: t.adminUrl, log, makeCtx: () => ctx });
  const relay = createRelay({ db: t.db, log });
  registerImports({ db: t.db, relay, jobs });
  await jobs.start();
  await jobs.stop();
  expect(await ask()).toMatchObject({ ok: true });
  await relay.drain();
  // As three processes leave it that died while they posted: tries used up, the run where they were.
  await t.adminSql`update graphile_worker._private_jobs set attempts = 3 where key = ${`run-import:${runId}`}`;
  await t.db.update(importRuns).set({ state: "posting", posted: 1 }).where(eq(importRuns.id, runId));
  await jobs.start();
  await expect.poll(state, { timeout: 20_000 }).toBe("failed");
  const { run, file } = await getImportRun(ctx, runId);
  expect([run.result, run.posted, run.byCommand, file?.headings.length]).toEqual([
    { ok: false, reason: "stopped", times: 3 },
    1,
    false,
    4,
  ]);
  expect(await ask()).toMatchObject({ ok: true });
  await relay.drain();
  await expect.poll(state, { timeout: 20_000 }).toBe("done");
  expect((await getImportRun(ctx, runId)).run).toMatchObject({ posted: 2, result: { invoices: 2 } });
  await jobs.stop();
}, 60_000);

it("what an earlier command left of a file ends when the next begins, and nothing of another", async () => {
  const ctx = testCtx(t.db);
  const left = (fileName: string, storageKey: string | null) =>
    t.db.insert(importRuns).values({ fileName, storageKey, map: {}, state: "posting", posted: 12 }).returning();
  const [own, uploaded, other] = [
    await left("may.csv", null),
    await left("may.csv", "x"),
    await left("june.csv", null),
  ];
  expect(await endLeftImports(ctx, { fileName: "may.csv" })).toEqual({ posted: 12 });
  expect(await endLeftImports(ctx, { fileName: "may.csv" })).toBeNull();
  const states = await Promise.all(
    [own, uploaded, other].map(async ([row]) => {
      const [now] = await t.db
        .select()
        .from(importRuns)
        .where(eq(importRuns.id, row?.id ?? ""));
      return now?.state;
    }),
  );
  expect(states).toEqual(["failed", "posting", "posting"]);
});

it.each([
  [
    { times: 3, posted: 0, byCommand: false },
    "It stopped three times before its end. Nothing was posted. Start it again: what is already in is not taken twice.",
  ],
  [
    { times: 1, posted: 1_200, byCommand: true },
    "It stopped before its end. 1,200 bills of the file are in the books. Start it again with npm run import: what is already in is not taken twice.",
  ],
])("a stopped import says what is in the books and what to do: %o", (facts, text) => {
  expect(importStoppedText(facts)).toBe(text);
});
