import { parseArgs } from "node:util";

import { type LocalDate, parseLocalDate } from "#app/contracts/local-date.ts";
import { type BooksReport, proveBooks } from "#server/domains/reconciliation/index.ts";

import { CommandFailed, runCommand, withDatabase } from "./with-database.ts";

const usage = "Usage: npm run -s books -- [--as-of YYYY-MM-DD]";

function readAsOf(): LocalDate | null {
  const { "as-of": text } = parse();
  if (text === undefined) return null;
  const asOf = parseLocalDate(text);
  if (asOf === null) throw new CommandFailed(`--as-of ${text} is not a date: write it as 2026-03-31.`);
  return asOf;
}

function parse() {
  try {
    return parseArgs({ options: { "as-of": { type: "string" } } }).values;
  } catch (error) {
    throw new CommandFailed(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

/** Says on a terminal what is being checked; the report itself is JSON on stdout. */
const tell = ({ id, says }: { id: string; says: string }) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${id}: ${says}`);
};

function print(report: BooksReport): void {
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  for (const { id, says, found } of report.checks) {
    if (found.length > 0) process.stderr.write(`${id} is broken: ${says}\n`);
    for (const { what, detail } of found) process.stderr.write(`  ${what}: ${detail}\n`);
  }
  const checks = report.checks.map(({ id, ok, found }) => ({ id, ok, found }));
  process.stdout.write(`${JSON.stringify({ ...report, checks }, null, 2)}\n`);
}

await runCommand(async () => {
  const asOf = readAsOf();
  const report = await withDatabase("books", ({ ctx }) => proveBooks({ ctx, input: { asOf, onCheck: tell } }));
  print(report);
  return report.ok ? 0 : 1;
});
