import { getTableColumns, type SQL, sql } from "drizzle-orm";
import { type PgColumn, type PgTable } from "drizzle-orm/pg-core";

import { type DbOrTx } from "./client.ts";

/**
 * Inserts many rows, told as one array per column: a fraction of the work that a parameter per value is for both sides.
 * A column that no row names keeps the database's default; one that some rows name is null in the others.
 */
export async function insertRows<T extends PgTable>(
  tx: DbOrTx,
  table: T,
  rows: readonly T["$inferInsert"][],
): Promise<void> {
  if (rows.length > 0) await tx.execute(insertion(table, rows));
}

/** As insertRows, but leaves out a row whose `key` is taken, and answers the others as they now stand. */
export async function insertNewRows<T extends PgTable>(
  tx: DbOrTx,
  table: T,
  rows: readonly T["$inferInsert"][],
  key: PgColumn,
): Promise<T["$inferSelect"][]> {
  if (rows.length === 0) return [];
  const added = await tx.execute<Record<string, unknown>>(
    sql`${insertion(table, rows)} on conflict (${sql.identifier(key.name)}) do nothing returning *`,
  );
  const columns = Object.entries<PgColumn>(getTableColumns(table));
  return added.map((raw) => Object.fromEntries(columns.map(([name, column]) => [name, valueOf(column, raw)])));
}

/** The statement of insertRows. At least one row. */
function insertion<T extends PgTable>(table: T, rows: readonly T["$inferInsert"][]): SQL {
  const named = Object.entries<PgColumn>(getTableColumns(table)).filter(([key]) =>
    rows.some((row) => valueAt(row, key) !== undefined),
  );
  const names = sql.join(
    named.map(([, column]) => sql.identifier(column.name)),
    sql`, `,
  );
  const arrays = sql.join(
    named.map(([key, column]) => {
      const values = rows.map((row) => driverValue(column, valueAt(row, key)));
      return sql`${arrayText(values)}::${sql.raw(column.getSQLType())}[]`;
    }),
    sql`, `,
  );
  return sql`insert into ${table} (${names}) select * from unnest(${arrays})`;
}

/** An array as PostgreSQL writes it. */
export const arrayText = (values: readonly (string | number | bigint | boolean | null)[]): string =>
  `{${values.map((value) => (typeof value === "string" ? `"${value.replace(/["\\]/g, "\\$&")}"` : String(value))).join(",")}}`;

const valueAt = (row: object, key: string): unknown => (row as Record<string, unknown>)[key];

function valueOf(column: PgColumn, raw: Record<string, unknown>): unknown {
  const value = raw[column.name];
  return value === null ? null : column.mapFromDriverValue(value);
}

/** As the column writes it: dates, numerics, bytes and JSON are text here, the rest as it is. */
function driverValue(column: PgColumn, value: unknown): string | number | bigint | boolean | null {
  if (value === undefined || value === null) return null;
  const written: unknown = column.mapToDriverValue(value);
  if (written instanceof Date) return written.toISOString();
  if (Buffer.isBuffer(written)) return `\\x${written.toString("hex")}`;
  if (typeof written === "object" || typeof written === "symbol" || typeof written === "function")
    throw new TypeError(`column ${column.name} has no text form in an array`);
  return written as string | number | bigint | boolean;
}
