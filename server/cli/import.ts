import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";

import { type LocalDate, parseLocalDate } from "#app/contracts/local-date.ts";
import { importFileText, importProblemText, importStoppedText } from "#app/contracts/messages/imports.ts";
import {
  endLeftImports,
  type ImportMap,
  importMapSchema,
  type ImportOutcome,
  type ImportProgress,
  runImport,
} from "#server/domains/imports/index.ts";

import { CommandFailed, runCommand, withDatabase } from "./with-database.ts";

const usage = `Usage: npm run import -- FILE.csv --map MAP.json [--as-of YYYY-MM-DD] [--dry-run] [--skip-bad] [--json]`;

type Options = {
  file: string;
  map: ImportMap;
  asOf: LocalDate | null;
  dryRun: boolean;
  skipBad: boolean;
  json: boolean;
};

function readOptions(): Options {
  const { values, positionals } = parse();
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0 || values.map === undefined) throw new CommandFailed(usage);
  if (!existsSync(file)) throw new CommandFailed(`There is no file ${file}.`);
  const asOf = values["as-of"] === undefined ? null : parseLocalDate(values["as-of"]);
  if (asOf === null && values["as-of"] !== undefined) {
    throw new CommandFailed(`--as-of ${values["as-of"]} is not a date: write it as 2026-03-31.`);
  }
  const { "dry-run": dryRun = false, "skip-bad": skipBad = false, json = false } = values;
  return { file, map: readMap(values.map), asOf, dryRun, skipBad, json };
}

function parse() {
  const flag = { type: "boolean" } as const;
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      allowPositionals: true,
      options: { map: text, "as-of": text, "dry-run": flag, "skip-bad": flag, json: flag },
    });
  } catch (error) {
    throw new CommandFailed(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

function readMap(path: string): ImportMap {
  if (!existsSync(path)) throw new CommandFailed(`There is no map ${path}.`);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    throw new CommandFailed(`${path} is not JSON.`);
  }
  const map = importMapSchema.safeParse(content);
  if (map.success) return map.data;
  const lines = map.error.issues.map(({ path: at, message }) => `  ${at.join(".") || "the map"}: ${message}`);
  throw new CommandFailed([`${path} is not a map we can use:`, ...lines].join("\n"));
}

/** One line that overwrites itself on a terminal; a line per step elsewhere. */
function createTeller(totalBytes: number) {
  const { isTTY } = process.stderr;
  let last: ImportProgress["step"] | null = null;
  return ({ step, rows, bytes, bills }: ImportProgress) => {
    const share = totalBytes === 0 ? 100 : Math.min(100, Math.floor((bytes / totalBytes) * 100));
    const text = {
      reading: `Reading: ${String(rows)} rows (${String(share)}%)`,
      checking: `Checking: ${String(bills)} bills`,
      posting: `Posting: ${String(bills)} bills`,
    }[step];
    if (isTTY) process.stderr.write(`\r\u001b[K${text}`);
    else if (step !== last) process.stderr.write(`${text}\n`);
    last = step;
  };
}

const report = (
  { rows, invoices, creditNotes, accounts, payments, disputes, alreadyPaid, skipped, bad }: ImportOutcome,
  map: ImportMap,
) => ({
  ...{ rows, invoices, creditNotes, accounts, payments, disputes, alreadyPaid, skipped },
  bad: bad.map(({ line, problem }) => ({ line, reason: importProblemText(problem, map.currency) })),
});

const say = (text: string) => process.stderr.write(`${process.stderr.isTTY ? "\r\u001b[K" : ""}${text}\n`);

function tell(facts: ReturnType<typeof report>, { json, dryRun }: Options, refused: boolean): void {
  if (json) {
    process.stderr.write(process.stderr.isTTY ? "\r\u001b[K" : "");
    process.stdout.write(`${JSON.stringify(facts)}\n`);
    return;
  }
  for (const { line, reason } of facts.bad) say(`line ${String(line)}: ${reason}`);
  if (refused) {
    say(
      `Nothing was imported: ${String(facts.bad.length)} bad rows. Mend them, or leave their bills out with --skip-bad.`,
    );
    return;
  }
  const { invoices, creditNotes, accounts, payments, disputes, alreadyPaid, skipped } = facts;
  const counts = {
    invoices,
    "credit notes": creditNotes,
    accounts,
    payments,
    disputes,
    "already paid": alreadyPaid,
    skipped,
  };
  const list = Object.entries(counts).map(([name, count]) => `${String(count)} ${name}`);
  say(`${dryRun ? "Would import" : "Imported"} from ${String(facts.rows)} rows: ${list.join(", ")}.`);
}

async function importFile(options: Options): Promise<number> {
  const { file, map, asOf, dryRun, skipBad } = options;
  const onProgress = createTeller(statSync(file).size);
  const fileName = basename(file);
  const input = { fileName, source: createReadStream(file), map, asOf, dryRun, skipBad, onProgress };
  const result = await withDatabase("import", async ({ db, ctx }) => {
    const left = await endLeftImports(ctx, { fileName });
    if (left) say(`The last import of ${fileName}: ${importStoppedText({ times: 1, ...left, byCommand: true })}`);
    return runImport({ ctx, db, input });
  });
  if (!result.ok && result.reason !== "bad_rows") throw new CommandFailed(importFileText(result));
  tell(report(result.ok ? result.value : result.outcome, map), options, !result.ok);
  return result.ok ? 0 : 1;
}

await runCommand(() => importFile(readOptions()));
