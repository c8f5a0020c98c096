import { once } from "node:events";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

import { CsvError, parse } from "csv-parse";
import { eq, sql } from "drizzle-orm";

import { stripHidden } from "#app/contracts/strip-hidden.ts";
import { type Db } from "#db/client.ts";
import { importRuns } from "#db/schema/index.ts";

import { guessDelimiter } from "./guess-delimiter.ts";
import { type ImportMap } from "./map.ts";
import { parseRow, type ParsedRow, type RowProblem } from "./parse-row.ts";

export type StagedRow = {
  line: number;
  accountNumber: string;
  invoiceNumber: string;
  parsed: ParsedRow | null;
  problem: FileRowProblem | null;
};
export type FileRowProblem = RowProblem | { code: "columns_differ"; expected: number; found: number };

export type FileRefusal =
  | { ok: false; reason: "empty_file" }
  | { ok: false; reason: "missing_columns"; missing: string[]; headings: string[] }
  | { ok: false; reason: "heading_twice"; heading: string }
  | {
      ok: false;
      reason: "not_csv";
      line: number;
      what: "quote_not_closed" | "quote_inside" | "record_too_long" | "other";
    }
  | { ok: false; reason: "not_utf8" };

const BATCH = 1_000;
const MAX_RECORD_BYTES = 1_000_000;

type Progress = (done: { rows: number; bytes: number }) => void;

/**
 * Streams a CSV file into the staging table of a run: memory stays flat whatever its size, and the rows of one bill
 * need not stand together. Bad rows are staged with their problem; only a file that is no CSV at all is refused.
 */
export async function stageFile({
  db,
  runId,
  source,
  map,
  onProgress,
}: {
  db: Db;
  runId: string;
  source: Readable;
  map: ImportMap;
  onProgress?: Progress;
}): Promise<{ ok: true; value: { rows: number } } | FileRefusal> {
  const stager = createStager({ db, runId, map, ...(onProgress ? { onProgress } : {}) });
  try {
    const top = await peek(source);
    if (top === null) return { ok: false, reason: "empty_file" };
    const csv = parse({ ...csvOptions(map.delimiter ?? guessDelimiter(top.toString("utf8"))), info: true });
    await pipeline(source, countBytes(stager.sawBytes), strictUtf8(), csv, stager.sink);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal) return refusal;
    throw error;
  }
  if (!stager.sawHeadings()) return { ok: false, reason: "empty_file" };
  await db.update(importRuns).set({ rowsRead: stager.rows() }).where(eq(importRuns.id, runId));
  return { ok: true, value: { rows: stager.rows() } };
}

class FileRefused extends Error {
  readonly refusal: FileRefusal;
  constructor(refusal: FileRefusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

/** The first piece of a file, which stays in it; null when there is nothing in it. */
async function peek(source: Readable): Promise<Buffer | null> {
  while (!source.readableEnded) {
    const chunk = source.read() as Buffer | null;
    if (chunk !== null) {
      source.unshift(chunk);
      return chunk;
    }
    if (!source.readableEnded) await Promise.race([once(source, "readable"), once(source, "end")]);
  }
  return null;
}

/** How every file is read, the look at its first rows included. */
export const csvOptions = (delimiter: string) => ({
  bom: true,
  delimiter,
  relax_column_count: true,
  skip_empty_lines: true,
  max_record_size: MAX_RECORD_BYTES,
});

type CsvRecord = { record: string[]; info: { lines: number } };

function createStager({
  db,
  runId,
  map,
  onProgress,
}: {
  db: Db;
  runId: string;
  map: ImportMap;
  onProgress?: Progress;
}) {
  let headings: string[] | null = null;
  let rows = 0;
  let bytes = 0;
  let batch: StagedRow[] = [];

  async function flush(): Promise<void> {
    if (batch.length === 0) return;
    await insertRows(db, runId, batch);
    batch = [];
    onProgress?.({ rows, bytes });
  }

  return {
    rows: () => rows,
    sawHeadings: () => headings !== null,
    sawBytes: (count: number) => {
      bytes += count;
    },
    sink: async (records: AsyncIterable<CsvRecord>) => {
      for await (const { record, info } of records) {
        if (headings === null) {
          headings = checkHeadings(record, map);
          continue;
        }
        rows += 1;
        batch.push(stageRecord(record, { line: info.lines, headings, map }));
        if (batch.length === BATCH) await flush();
      }
      await flush();
    },
  };
}

function checkHeadings(record: string[], map: ImportMap): string[] {
  const headings = record.map((heading) => heading.trim());
  const wanted = Object.values(map.columns).filter((heading) => heading !== undefined);
  const missing = wanted.filter((heading) => !headings.includes(heading));
  if (missing.length > 0) throw new FileRefused({ ok: false, reason: "missing_columns", missing, headings });
  const twice = wanted.find((heading) => headings.filter((other) => other === heading).length > 1);
  if (twice !== undefined) throw new FileRefused({ ok: false, reason: "heading_twice", heading: twice });
  return headings;
}

function stageRecord(
  record: string[],
  { line, headings, map }: { line: number; headings: string[]; map: ImportMap },
): StagedRow {
  const row = Object.fromEntries(
    headings.map((heading, at) => [heading, record[at] === undefined ? undefined : stripHidden(record[at])]),
  );
  // A bad row still says which bill it is of, so that the whole bill can be left out.
  const [accountNumber = "", invoiceNumber = ""] = [map.columns.accountNumber, map.columns.invoiceNumber].map(
    (heading) => (row[heading ?? ""] ?? "").trim().slice(0, 200),
  );
  const of = { line, accountNumber, invoiceNumber };
  if (record.length !== headings.length) {
    const problem = { code: "columns_differ" as const, expected: headings.length, found: record.length };
    return { ...of, parsed: null, problem };
  }
  const read = parseRow(row, map);
  return "problem" in read
    ? { ...of, parsed: null, problem: read.problem }
    : { ...of, parsed: read.value, problem: null };
}

async function insertRows(db: Db, runId: string, rows: readonly StagedRow[]): Promise<void> {
  const json = JSON.stringify(
    rows.map(({ line, accountNumber, invoiceNumber, parsed, problem }) => ({
      line,
      account_number: accountNumber,
      invoice_number: invoiceNumber,
      fields: parsed ?? {},
      problem: problem === null ? null : JSON.stringify(problem),
    })),
  );
  await db.execute(sql`
    insert into import_rows (run_id, line, account_number, invoice_number, fields, problem)
    select ${runId}::uuid, r.line, r.account_number, r.invoice_number, r.fields, r.problem
    from jsonb_to_recordset(${json}::jsonb)
      as r(line bigint, account_number text, invoice_number text, fields jsonb, problem text)`);
}

const countBytes = (saw: (count: number) => void) =>
  new Transform({
    transform(chunk: Buffer, _encoding, done) {
      saw(chunk.length);
      done(null, chunk);
    },
  });

/** Letters must not turn into question marks silently: a file in another encoding is refused. */
function strictUtf8(): Transform {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const decode = (chunk: Buffer | undefined, done: (error: Error | null, text?: string) => void) => {
    try {
      done(null, chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode());
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      done(new FileRefused({ ok: false, reason: "not_utf8" }));
    }
  };
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => decode(chunk, done),
    flush: (done) => decode(undefined, done),
  });
}

const WHAT: Partial<Record<string, Extract<FileRefusal, { reason: "not_csv" }>["what"]>> = {
  CSV_QUOTE_NOT_CLOSED: "quote_not_closed",
  INVALID_OPENING_QUOTE: "quote_inside",
  CSV_INVALID_CLOSING_QUOTE: "quote_inside",
  CSV_MAX_RECORD_SIZE: "record_too_long",
};

function refusalOf(error: unknown): FileRefusal | null {
  if (error instanceof FileRefused) return error.refusal;
  if (!(error instanceof CsvError)) return null;
  const line = typeof error["lines"] === "number" ? error["lines"] : 0;
  return { ok: false, reason: "not_csv", line, what: WHAT[error.code] ?? "other" };
}
