import { getTableColumns, sql } from "drizzle-orm";
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
  if (rows.length === 0) return;
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
  await tx.execute(sql`insert into ${table} (${names}) select * from unnest(${arrays})`);
}

/** An array as PostgreSQL writes it. */
export const arrayText = (values: readonly (string | number | bigint | boolean | null)[]): string =>
  `{${values.map((value) => (typeof value === "string" ? `"${value.replace(/["\\]/g, "\\$&")}"` : String(value))).join(",")}}`;

const valueAt = (row: object, key: string): unknown => (row as Record<string, unknown>)[key];

/** As the column writes it: dates, numerics and JSON are text here, the rest as it is. */
function driverValue(column: PgColumn, value: unknown): string | number | bigint | boolean | null {
  if (value === undefined || value === null) return null;
  const written: unknown = column.mapToDriverValue(value);
  if (written instanceof Date) return written.toISOString();
  if (typeof written === "object" || typeof written === "symbol" || typeof written === "function")
    throw new TypeError(`column ${column.name} has no text form in an array`);
  return written as string | number | bigint | boolean;
}
