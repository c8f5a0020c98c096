import { bigint, date, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";

import { createdAt, instant, primaryId } from "../columns.ts";
import { logins } from "./auth.ts";

export const importState = pgEnum("import_state", ["uploaded", "checking", "refused", "posting", "done", "failed"]);

/** One run over one file. */
export const importRuns = pgTable("import_runs", {
  id: primaryId(),
  fileName: text("file_name").notNull(),
  storageKey: text("storage_key"),
  map: jsonb("map").notNull(),
  asOf: date("as_of"),
  skipBad: integer("skip_bad").notNull().default(0),
  state: importState("state").notNull(),
  rowsRead: integer("rows_read").notNull().default(0),
  rowsTotal: integer("rows_total"),
  posted: integer("posted").notNull().default(0),
  result: jsonb("result"),
  startedBy: uuid("started_by").references(() => logins.id),
  createdAt: createdAt(),
  finishedAt: instant("finished_at"),
});

/** Staging: rows of one bill need not stand together in the file, and memory stays flat. Emptied after the run. */
export const importRows = pgTable(
  "import_rows",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => importRuns.id, { onDelete: "cascade" }),
    line: bigint("line", { mode: "number" }).notNull(),
    accountNumber: text("account_number").notNull(),
    invoiceNumber: text("invoice_number").notNull(),
    fields: jsonb("fields").$type<Record<string, string>>().notNull(),
    problem: text("problem"),
  },
  (t) => [
    primaryKey({ columns: [t.runId, t.line] }),
    index("import_rows_invoice").on(t.runId, t.accountNumber, t.invoiceNumber),
  ],
);
