import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runDrizzle } from "drizzle-orm/postgres-js/migrator";
import { runMigrations as runGraphile } from "graphile-worker";
import postgres, { type Sql } from "postgres";

/** Any number will do, as long as every Remit process uses the same one. */
const lockKey = 7_265_109_116;
const appRole = "remit_app";
const migrationsFolder = resolve(import.meta.dirname, "migrations");

/**
 * Brings the database to the schema of this code, as its owner. Two processes that start at once do it once. The grants
 * in the migrations name `remit_app`: where the application signs in as somebody else, that login becomes a member of it.
 */
export async function migrateDatabase(adminUrl: string, appUrl = adminUrl): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql`select pg_advisory_lock(${lockKey})`;
    await ensureAppRole(sql, decodeURIComponent(new URL(appUrl).username));
    if (existsSync(join(migrationsFolder, "meta/_journal.json"))) await runDrizzle(drizzle(sql), { migrationsFolder });
    await installQueue(sql, adminUrl);
  } finally {
    // Ending the session gives the lock back.
    await sql.end();
  }
}

async function ensureAppRole(sql: Sql, login: string): Promise<void> {
  const [role] = await sql`select 1 from pg_roles where rolname = ${appRole}`;
  if (!role) await sql`create role ${sql(appRole)} nologin`;
  const [membership] = await sql<{ member: boolean }[]>`select pg_has_role(${login}, ${appRole}, 'member') as member`;
  if (!membership?.member) await sql`grant ${sql(appRole)} to ${sql(login)}`;
}

/** The job queue brings its own migrations; the application may queue and work jobs, not change their tables. */
async function installQueue(sql: Sql, connectionString: string): Promise<void> {
  await runGraphile({ connectionString });
  await sql`grant usage on schema graphile_worker to ${sql(appRole)}`;
  await sql`grant select, insert, update, delete on all tables in schema graphile_worker to ${sql(appRole)}`;
  await sql`grant usage on all sequences in schema graphile_worker to ${sql(appRole)}`;
  await sql`grant execute on all functions in schema graphile_worker to ${sql(appRole)}`;
}
