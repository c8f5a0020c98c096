import { type Sql } from "postgres";

const statements = [
  `create schema if not exists stripe_sandbox`,
  `create table if not exists stripe_sandbox.documents (
     kind text not null,
     id text not null,
     seq bigint generated always as identity,
     created bigint not null,
     doc jsonb not null,
     inner_facts jsonb not null default '{}',
     primary key (kind, id)
   )`,
  `create index if not exists documents_by_seq on stripe_sandbox.documents (kind, seq desc)`,
  `create index if not exists documents_by_content on stripe_sandbox.documents using gin (doc jsonb_path_ops) where kind <> 'event'`,
  `create table if not exists stripe_sandbox.idempotency_keys (
     key text primary key,
     fingerprint text not null,
     request_id text not null,
     status integer not null,
     body jsonb not null,
     created_at timestamptz not null default now()
   )`,
  `create table if not exists stripe_sandbox.due (
     id bigint generated always as identity primary key,
     due_ms bigint not null,
     duty text not null,
     subject text not null
   )`,
  `create index if not exists due_by_time on stripe_sandbox.due (due_ms, id)`,
  `create table if not exists stripe_sandbox.deliveries (
     id bigint generated always as identity primary key,
     event_id text not null,
     event_type text not null,
     state text not null check (state in ('pending', 'delivered', 'dropped', 'failed')),
     attempts integer not null default 0,
     not_before_ms bigint not null,
     leased_until_ms bigint not null default 0,
     last_status integer,
     last_error text
   )`,
  `create index if not exists deliveries_pending on stripe_sandbox.deliveries (not_before_ms) where state = 'pending'`,
  `create index if not exists deliveries_by_event on stripe_sandbox.deliveries (event_id)`,
  `create table if not exists stripe_sandbox.knobs (only_row boolean primary key default true check (only_row), value jsonb not null)`,
  `create table if not exists stripe_sandbox.armed_faults (
     id bigint generated always as identity primary key,
     mode text not null,
     method text,
     path text,
     remaining integer not null
   )`,
];

/** Makes the schema if it is not there. Several processes may start at once: one at a time does it. */
export async function ensureSchema(sql: Sql): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext('stripe_sandbox.schema'))`;
    for (const statement of statements) await tx.unsafe(statement);
  });
}
