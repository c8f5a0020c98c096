import {
  importFileText,
  type ImportFileFacts,
  importProblemText,
  type ImportProblemFacts,
  importStoppedText,
} from "#app/contracts/messages/imports.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Pairs } from "#app/ui/pairs.tsx";
import { Table } from "#app/ui/table.tsx";
import type { ImportRun, StoppedImport } from "#server/domains/imports/index.ts";

const MOST_SHOWN = 200;

/** What a check found, or an import did. */
export function RunOutcome({ run }: { run: ImportRun }) {
  const { result } = run;
  if (run.state === "failed") {
    return (
      <Notice tone="overdue" live>
        {importStoppedText({ ...run, times: timesOf(result) })}
      </Notice>
    );
  }
  if (result === null || isStopped(result)) return null;
  if ("ok" in result) {
    return (
      <Notice tone="overdue" live>
        {importFileText(result satisfies ImportFileFacts)}
      </Notice>
    );
  }
  const done = run.state === "done";
  return (
    <div className="grid gap-6">
      <Notice tone={result.bad.length > 0 && !done ? "overdue" : "settled"} live>
        {sentence({ done, bad: result.bad.length, skipBad: run.skipBad })}
      </Notice>
      <Pairs pairs={pairsOf(result, done)} />
      {result.bad.length > 0 ? <BadRows bad={result.bad} currency={run.map?.currency ?? "USD"} /> : null}
    </div>
  );
}

type Result = ImportRun["result"];

const isStopped = (result: Result): result is StoppedImport =>
  result !== null && "reason" in result && result.reason === "stopped";

const timesOf = (result: Result): number => (isStopped(result) ? result.times : 1);

type Outcome = Exclude<NonNullable<ImportRun["result"]>, { ok: false }>;

function sentence({ done, bad, skipBad }: { done: boolean; bad: number; skipBad: boolean }): string {
  if (done)
    return bad > 0
      ? `Imported, without the bills of ${rows(bad)}.`
      : "Imported. New accounts get no reminders, fees or drafts until somebody releases them.";
  if (bad === 0) return "The file can be imported. This is what it would change.";
  if (skipBad) return `${rows(bad)} will be left out with their bills; the rest can be imported.`;
  return `${rows(bad)} must be mended first, or left out. Nothing was imported.`;
}

const rows = (count: number): string => (count === 1 ? "1 bad row" : `${count.toLocaleString("en-US")} bad rows`);

function pairsOf(result: Outcome, done: boolean) {
  const will = done ? "" : " to come";
  const counts: [string, number][] = [
    ["Rows read", result.rows],
    [`New accounts${will}`, result.accounts],
    [`New bills${will}`, result.invoices],
    [`New credit notes${will}`, result.creditNotes],
    [`Payments${will}`, result.payments],
    [`Disputes${will}`, result.disputes],
    ["In the books already", result.unchanged],
    ["Paid already", result.alreadyPaid],
    ["After the as-of date", result.afterAsOf],
    ["Left out", result.skipped],
  ];
  return counts.map(([label, count]) => ({
    label,
    value: <span className="tabular">{count.toLocaleString("en-US")}</span>,
  }));
}

function BadRows({ bad, currency }: { bad: Outcome["bad"]; currency: string }) {
  return (
    <>
      <Table
        caption="Bad rows"
        rows={bad.slice(0, MOST_SHOWN)}
        rowKey={(row) => String(row.line)}
        columns={[
          { key: "line", header: "Where", phone: "title", cell: (row) => `Line ${row.line.toLocaleString("en-US")}` },
          {
            ...{ key: "why", header: "What is wrong", phone: "sub" as const },
            cell: (row) => importProblemText(row.problem satisfies ImportProblemFacts, currency),
          },
        ]}
      />
      {bad.length > MOST_SHOWN ? <p className="ui-hint">And {rows(bad.length - MOST_SHOWN)} more.</p> : null}
    </>
  );
}
