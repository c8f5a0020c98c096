import { desc, eq } from "drizzle-orm";

import { importRuns } from "#db/schema/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";

import { type StoppedImport } from "./end-stopped-import.ts";
import { guessDateFormats, guessDecimal, lookAtFile } from "./look-at-file.ts";
import { guessColumns, type ImportField, type ImportMap, importMapSchema } from "./map.ts";
import { type ImportOutcome } from "./run-import.ts";
import { type FileRefusal } from "./stage-file.ts";

export type ImportRun = Pick<
  typeof importRuns.$inferSelect,
  "id" | "fileName" | "state" | "asOf" | "rowsRead" | "posted" | "createdAt" | "finishedAt"
> & { skipBad: boolean; map: ImportMap | null; result: ImportOutcome | FileRefusal | StoppedImport | null } & {
  /** Started by `npm run import`: this page keeps no file of it. */
  byCommand: boolean;
};

/** The newest imports first. */
export async function listImportRuns(ctx: Ctx, limit = 20): Promise<ImportRun[]> {
  authorize(ctx.actor, "import.run");
  const rows = await ctx.db.select().from(importRuns).orderBy(desc(importRuns.id)).limit(limit);
  return rows.map(asRun);
}

export type ImportFileFacts = {
  headings: string[];
  /** The first rows, to see what a column holds. */
  rows: string[][];
  guesses: Partial<Record<ImportField, string>>;
  dateFormats: string[];
  decimal: ImportMap["decimal"];
};

/** One run, with the top of its file while it can still be mapped. Throws not_found for an unknown id. */
export async function getImportRun(ctx: Ctx, runId: string): Promise<{ run: ImportRun; file: ImportFileFacts | null }> {
  authorize(ctx.actor, "import.run");
  const [row] = await ctx.db.select().from(importRuns).where(eq(importRuns.id, runId)).limit(1);
  if (!row) throw notFound("import");
  const waits = row.state === "uploaded" || row.state === "refused" || row.state === "failed";
  const look = waits && row.storageKey !== null ? lookAtFile(await ctx.files.get(row.storageKey)) : null;
  if (look === null) return { run: asRun(row), file: null };
  const guesses = guessColumns(look.headings);
  const textsOf = (heading = "") => look.rows.map((cells) => cells[look.headings.indexOf(heading)] ?? "");
  const dateFormats = guessDateFormats(textsOf(guesses.issuedOn));
  const decimal = guessDecimal(textsOf(guesses.amount ?? guesses.lineUnitPrice));
  return { run: asRun(row), file: { ...look, rows: look.rows.slice(0, 5), guesses, dateFormats, decimal } };
}

function asRun(row: typeof importRuns.$inferSelect): ImportRun {
  const { id, fileName, state, asOf, rowsRead, posted, createdAt, finishedAt } = row;
  const map = importMapSchema.safeParse(row.map);
  return {
    ...{ id, fileName, state, asOf, rowsRead, posted, createdAt, finishedAt },
    skipBad: row.skipBad === 1,
    byCommand: row.storageKey === null,
    map: map.success ? map.data : null,
    result: row.result as ImportRun["result"],
  };
}
