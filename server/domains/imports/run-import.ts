import { type Readable } from "node:stream";

import { asc, eq, isNotNull, and, sql } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { type Db } from "#db/client.ts";
import { importRows, importRuns } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { getBusiness } from "#server/domains/business/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { type ImportMap } from "./map.ts";
import { countDecisions, decideBills, type ImportCounts, postBills } from "./post-bills.ts";
import { type BillProblem, type ImportedBill } from "./rules.ts";
import { type FileRefusal, type FileRowProblem, stageFile } from "./stage-file.ts";
import { listStagedBills, listStretches, type StagedBill } from "./staged-bills.ts";

export type ImportProblem = FileRowProblem | BillProblem;
export type ImportProgress = { step: "reading" | "checking" | "posting"; rows: number; bytes: number; bills: number };

export type ImportOutcome = ImportCounts & {
  runId: string;
  rows: number;
  /** Bills left out because a row of theirs is bad (`skipBad`). */
  skipped: number;
  bad: { line: number; problem: ImportProblem }[];
};

export type ImportInput = {
  fileName: string;
  /** A run that waits for its file already (uploaded on a page); else the import opens its own. */
  runId?: string;
  source: Readable;
  map: ImportMap;
  asOf: LocalDate | null;
  dryRun?: boolean;
  skipBad?: boolean;
  onProgress?: (progress: ImportProgress) => void;
};

const BATCH = 500;

/**
 * Imports a ledger from CSV: streams it into staging, checks every bill, and posts only when no row is bad (or
 * `skipBad` leaves out the bad ones' bills). A second run of the same file changes nothing. Refuses a file that is no CSV
 * or lacks a mapped column, and `bad_rows` with all of them. Throws a fault for whoever may not import.
 */
export async function runImport({
  ctx,
  db,
  input,
}: {
  ctx: Ctx;
  /** The pool: an import is many transactions, each one whole by itself. */
  db: Db;
  input: ImportInput;
}): Promise<Ok<ImportOutcome> | FileRefusal | (Refusal<"bad_rows"> & { outcome: ImportOutcome })> {
  authorize(ctx.actor, "import.run");
  const { zone } = await getBusiness(db);
  const runId = input.runId ?? (await openRun({ ctx, db, input }));
  // A run that died before its end left its rows.
  await db.delete(importRows).where(eq(importRows.runId, runId));
  const seen = { rows: 0, bytes: 0, bills: 0 };
  let counted = { step: "reading", bills: 0 };
  const tell = (step: ImportProgress["step"]) => input.onProgress?.({ step, ...seen });
  const staged = await stageFile({
    ...{ db, runId, source: input.source, map: input.map },
    onProgress: (progress) => {
      Object.assign(seen, progress);
      tell("reading");
    },
  });
  if (!staged.ok) {
    await closeRun(db, runId, "refused", staged);
    return staged;
  }
  const run = {
    ctx,
    db,
    runId,
    zone,
    input,
    tell: (step: ImportProgress["step"], bills: number) => {
      counted = { step, bills: counted.step === step ? counted.bills + bills : bills };
      seen.bills = counted.bills;
      tell(step);
    },
  };
  const checked = await checkBills(run);
  const bad = await listBad(db, runId);
  const outcome: ImportOutcome = { runId, rows: staged.value.rows, ...checked, bad };
  const refused = bad.length > 0 && input.skipBad !== true;
  if (!refused && input.dryRun !== true) await postAll(run);
  await closeRun(db, runId, refused ? "refused" : input.dryRun === true ? "uploaded" : "done", outcome);
  return refused ? refuse("bad_rows", { outcome }) : ok(outcome);
}

type Run = {
  ctx: Ctx;
  db: Db;
  runId: string;
  zone: string;
  input: ImportInput;
  tell: (step: ImportProgress["step"], bills: number) => void;
};

async function openRun({ ctx, db, input }: { ctx: Ctx; db: Db; input: ImportInput }): Promise<string> {
  const [row] = await db
    .insert(importRuns)
    .values({
      ...{ fileName: input.fileName, map: input.map, asOf: input.asOf, state: "checking" },
      ...{ skipBad: input.skipBad === true ? 1 : 0, startedBy: loginIdOf(ctx.actor) },
    })
    .returning({ id: importRuns.id });
  return present(row, "an inserted run has a row").id;
}

/** Goes through all bills in batches, in the order of their numbers, so that memory stays flat. */
async function* batches({ db, runId, input }: Run): AsyncGenerator<StagedBill[]> {
  for (const stretch of await listStretches(db, { runId, bills: BATCH })) {
    yield await listStagedBills(db, { runId, map: input.map, stretch });
  }
}

const readable = (bills: readonly StagedBill[]): ImportedBill[] =>
  bills.flatMap(({ outcome }) => ("value" in outcome ? [outcome.value] : []));

async function checkBills(run: Run): Promise<ImportCounts & { skipped: number }> {
  const total: ImportCounts & { skipped: number } = {
    ...{
      invoices: 0,
      creditNotes: 0,
      accounts: 0,
      payments: 0,
      disputes: 0,
      alreadyPaid: 0,
      unchanged: 0,
      afterAsOf: 0,
    },
    skipped: 0,
  };
  const accountsSeen = new Map<string, true>();
  for await (const bills of batches(run)) {
    const { decided, accounts } = await decideBills(run.db, readable(bills), run.input);
    const problems = [
      ...bills.flatMap(({ outcome }) =>
        "problem" in outcome && outcome.problem !== "bad_row" ? [outcome.problem] : [],
      ),
      ...decided.flatMap(({ decision }) => (decision.do === "refuse" ? [decision.problem] : [])),
    ];
    await noteProblems(run, problems);
    for (const number of accounts.keys()) accountsSeen.set(number, true);
    const counts = countDecisions(decided, accountsSeen);
    for (const { bill } of decided) accountsSeen.set(bill.accountNumber, true);
    for (const name of Object.keys(counts) as (keyof ImportCounts)[]) total[name] += counts[name];
    total.skipped += bills.filter(({ outcome }) => "problem" in outcome).length;
    total.skipped += decided.filter(({ decision }) => decision.do === "refuse").length;
    run.tell("checking", bills.length);
  }
  return total;
}

async function noteProblems({ db, runId }: Run, problems: readonly BillProblem[]): Promise<void> {
  const text = (problem: BillProblem) => JSON.stringify(asJson(problem));
  if (problems.length === 0) return;
  const rows = JSON.stringify(problems.map((problem) => ({ line: problem.line, problem: text(problem) })));
  await db.execute(sql`
    update import_rows r set problem = p.problem
    from jsonb_to_recordset(${rows}::jsonb) as p(line bigint, problem text)
    where r.run_id = ${runId}::uuid and r.line = p.line and r.problem is null`);
}

async function postAll(run: Run): Promise<void> {
  const { ctx, db, runId, zone, input } = run;
  await db.update(importRuns).set({ state: "posting" }).where(eq(importRuns.id, runId));
  let through = 0;
  for await (const bills of batches(run)) {
    through += bills.length;
    await withTransaction(db, async (tx) => {
      const { decided } = await decideBills(tx, readable(bills), input);
      const acting = decided.filter(({ decision }) => decision.do !== "leave_out" && decision.do !== "refuse");
      if (acting.length > 0) await postBills({ ctx, tx, map: input.map, zone }, acting);
      await tx
        .update(importRuns)
        // Another try goes through the same bills in the same order: they count once.
        .set({ posted: sql`greatest(${importRuns.posted}, ${through}::int)` })
        .where(eq(importRuns.id, runId));
    });
    run.tell("posting", bills.length);
  }
}

async function listBad(db: Db, runId: string): Promise<ImportOutcome["bad"]> {
  const rows = await db
    .select({ line: importRows.line, problem: importRows.problem })
    .from(importRows)
    .where(and(eq(importRows.runId, runId), isNotNull(importRows.problem)))
    .orderBy(asc(importRows.line));
  return rows.map((row) => ({ line: row.line, problem: JSON.parse(row.problem ?? "null") as ImportProblem }));
}

/** Keeps what the run found and empties its staging. A dry run leaves the file as it was: uploaded. */
async function closeRun(db: Db, runId: string, state: "refused" | "uploaded" | "done", result: unknown): Promise<void> {
  await db
    .update(importRuns)
    .set({ state, result: asJson(result), finishedAt: new Date() })
    .where(eq(importRuns.id, runId));
  await db.delete(importRows).where(eq(importRows.runId, runId));
}

/** Facts as JSON keeps them: amounts in minor units become decimal text. */
const asJson = (facts: unknown): unknown =>
  JSON.parse(JSON.stringify(facts, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value)));
