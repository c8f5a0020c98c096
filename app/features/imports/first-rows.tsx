import { SectionHeader } from "#app/ui/section-header.tsx";
import { Table } from "#app/ui/table.tsx";
import type { ImportFileFacts } from "#server/domains/imports/index.ts";

type Row = { cells: readonly string[]; place: number };

/** The top of the file as we read it: a wrong delimiter or encoding shows here before anything else. */
export function FirstRows({ file: { headings, rows } }: { file: ImportFileFacts }) {
  return (
    <section className="grid gap-3">
      <SectionHeader id="first-rows" title="The first rows of the file" />
      {/* A file is as wide as it is: the region scrolls by itself, by keyboard too. */}
      <div role="region" aria-labelledby="first-rows" tabIndex={0} className="overflow-x-auto whitespace-nowrap">
        <Table
          keepRows
          caption="The first rows of the file"
          rows={rows.map((cells, place): Row => ({ cells, place }))}
          rowKey={({ place }) => String(place)}
          columns={headings.map((heading, at) => ({
            key: String(at),
            header: heading || "(no name)",
            cell: ({ cells }: Row) => cells[at] ?? "",
          }))}
        />
      </div>
    </section>
  );
}
