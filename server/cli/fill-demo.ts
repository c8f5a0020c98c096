import postgres, { type Sql } from "postgres";

import { connect } from "#db/client.ts";
import { type Runtime } from "#server/runtime.ts";

/** Any number will do, as long as every Remit process uses the same one. */
const lockKey = 7_265_109_117;
const unfinished = "Remit demo data is being written";

/**
 * Fills an empty database with the demo's books. Killed half-way, the next start begins anew; two processes that start
 * at once do it once. Says whether it wrote anything.
 */
export async function fillDemo(runtime: Runtime, say: (what: string) => void): Promise<boolean> {
  const owner = postgres(runtime.database.adminUrl, { max: 1, onnotice: () => undefined });
  try {
    await owner`select pg_advisory_lock(${lockKey})`;
    if ((await databaseComment(owner)) === unfinished) await emptyDatabase(owner);
    else if (!(await isEmpty(owner))) return false;
    await setDatabaseComment(owner, unfinished);
    const { seedDemo } = await import("#server/demo/seed.ts");
    await inHaste(runtime, (hasty) => seedDemo(hasty, say));
    // Two years of events that nobody was there to hear: mail that waits is found by itself.
    await owner`update outbox set relayed_at = now() where relayed_at is null`;
    await setDatabaseComment(owner, "Remit");
    return true;
  } finally {
    await owner.end();
  }
}

/** Nobody waits for the disk at each step: the comment at the end, which does, takes all before it along. */
async function inHaste(runtime: Runtime, work: (hasty: Runtime) => Promise<void>): Promise<void> {
  const { db, close } = connect(runtime.database.url, { applicationName: "demo", max: 6, durable: false });
  try {
    await work({ ...runtime, makeCtx: (actor, requestId) => ({ ...runtime.makeCtx(actor, requestId), db }) });
  } finally {
    await close();
  }
}

async function isEmpty(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ used: boolean }[]>`
    select exists (select from logins) or exists (select from business) or exists (select from accounts) as used`;
  return row?.used !== true;
}

async function databaseComment(sql: Sql): Promise<string | null> {
  const [row] = await sql<{ comment: string | null }[]>`
    select shobj_description(oid, 'pg_database') as comment from pg_database where datname = current_database()`;
  return row?.comment ?? null;
}

async function setDatabaseComment(sql: Sql, comment: string): Promise<void> {
  const [row] = await sql<{ statement: string }[]>`
    select format('comment on database %I is %L', current_database(), ${comment}::text) as statement`;
  await sql.unsafe(row?.statement ?? "");
}

async function emptyDatabase(sql: Sql): Promise<void> {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'stripe_sandbox')`;
  await sql.unsafe(`truncate ${tables.map((table) => table.name).join(", ")} restart identity cascade`);
}
