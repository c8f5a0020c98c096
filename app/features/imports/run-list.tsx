import { Moment } from "#app/ui/date.tsx";
import { Status, type Tone } from "#app/ui/status.tsx";
import { RowLink, Table } from "#app/ui/table.tsx";
import type { ImportRun } from "#server/domains/imports/index.ts";

const STATES: Record<ImportRun["state"], { tone: Tone; text: string }> = {
  uploaded: { tone: "waiting", text: "Waits for you" },
  checking: { tone: "waiting", text: "Checking" },
  posting: { tone: "waiting", text: "Importing" },
  refused: { tone: "overdue", text: "Bad rows" },
  failed: { tone: "overdue", text: "Stopped" },
  done: { tone: "settled", text: "Imported" },
};

export function RunState({ state }: { state: ImportRun["state"] }) {
  return <Status tone={STATES[state].tone}>{STATES[state].text}</Status>;
}

/** Earlier imports, newest first. */
export function RunList({ runs }: { runs: readonly ImportRun[] }) {
  return (
    <Table
      caption="Earlier imports"
      rows={runs}
      rowKey={(run) => run.id}
      columns={[
        {
          ...{ key: "file", header: "File", phone: "title" },
          cell: (run) => <RowLink to={`/console/imports/${run.id}`}>{run.fileName}</RowLink>,
        },
        { key: "state", header: "State", phone: "end", cell: (run) => <RunState state={run.state} /> },
        {
          key: "rows",
          header: "Rows",
          align: "end",
          phone: "amount",
          cell: (run) => run.rowsRead.toLocaleString("en-US"),
        },
        { key: "when", header: "Started", phone: "sub", cell: (run) => <Moment at={run.createdAt} /> },
      ]}
    />
  );
}
