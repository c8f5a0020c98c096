import { type Sql } from "postgres";

/** Forgets idempotency keys, as Stripe does after 24 hours. Returns how many. */
export async function pruneKeys(sql: Sql, olderThanHours: number): Promise<number> {
  const rows = await sql`
    delete from stripe_sandbox.idempotency_keys
    where created_at <= now() - make_interval(hours => ${olderThanHours}) returning key`;
  return rows.length;
}
