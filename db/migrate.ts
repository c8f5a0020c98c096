import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres, { type Sql } from "postgres";

import { grantStatements } from "./grants.ts";

/** Any number will do, as long as every Remit process uses the same one. */
const lockKey = 7_265_109_116;
const appRole = "remit_app";
const migrationsFolder = resolve(import.meta.dirname, "migrations");

/** The job queue's own tables: the application may queue and work jobs, not change them. */
const queueGrants = [
  `grant usage on schema graphile_worker to ${appRole}`,
  `grant select, insert, update, delete on all tables in schema graphile_worker to ${appRole}`,
  `grant usage on all sequences in schema graphile_worker to ${appRole}`,
  `grant execute on all functions in schema graphile_worker to ${appRole}`,
  // Its tables have row-level security on and no policy, which shuts out everybody but their owner.
  `do $$ declare name text; begin
     for name in select tablename from pg_tables where schemaname = 'graphile_worker' and rowsecurity loop
       execute format('drop policy if exists application on graphile_worker.%I', name);
       execute format('create policy application on graphile_worker.%I to ${appRole} using (true) with check (true)', name);
     end loop;
   end $$`,
];

/**
 * Brings the database to the schema of this code, as its owner. Two processes that start at once do it once. The rights
 * go to `remit_app`: where the application signs in as somebody else, that login becomes a member of it.
 */
export async function migrateDatabase(adminUrl: string, appUrl: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql`select pg_advisory_lock(${lockKey})`;
    await ensureAppRole(sql, decodeURIComponent(new URL(appUrl).username));
    const wanted = fingerprint();
    if ((await appliedFingerprint(sql)) === wanted) return;
    await runMigrations(drizzle(sql), { migrationsFolder });
    const { runMigrations: runQueueMigrations } = await import("graphile-worker");
    await runQueueMigrations({ connectionString: adminUrl });
    for (const statement of [...grantStatements(appRole), ...queueGrants]) await sql.unsafe(statement);
    await sql.unsafe(`comment on schema drizzle is '${wanted}'`);
  } finally {
    // Ending the session gives the lock back.
    await sql.end();
  }
}

async function ensureAppRole(sql: Sql, login: string): Promise<void> {
  const [role] = await sql`select 1 from pg_roles where rolname = ${appRole}`;
  if (!role) await sql`create role ${sql(appRole)} nologin`;
  const [rights] = await sql<{ mighty: boolean }[]>`
    select rolsuper or pg_has_role(${login}, current_user, 'member') as mighty from pg_roles where rolname = ${login}`;
  if (rights?.mighty) {
    throw new Error(
      `DATABASE_URL signs in as ${login}, who may change the schema and what is append-only. Make a role for the application that is neither a superuser nor a member of the schema's owner.`,
    );
  }
  const [membership] = await sql<{ member: boolean }[]>`select pg_has_role(${login}, ${appRole}, 'member') as member`;
  if (!membership?.member) await sql`grant ${sql(appRole)} to ${sql(login)}`;
}

/** Everything this function would do, in short: an up-to-date database costs one query at start. */
function fingerprint(): string {
  const lock = readFileSync(resolve(import.meta.dirname, "../package-lock.json"), "utf8");
  const queueVersion = /"node_modules\/graphile-worker".*?"version": "(.*?)"/s.exec(lock)?.[1];
  const parts = [
    readFileSync(join(migrationsFolder, "meta/_journal.json"), "utf8"),
    ...grantStatements(appRole),
    ...queueGrants,
    queueVersion,
  ];
  return createHash("sha256").update(parts.join("\n")).digest("hex");
}

async function appliedFingerprint(sql: Sql): Promise<string | undefined> {
  const [row] = await sql<{ comment: string | null }[]>`
    select obj_description(oid, 'pg_namespace') as comment from pg_namespace where nspname = 'drizzle'`;
  return row?.comment ?? undefined;
}
