import { type Sql } from "postgres";
import { z } from "zod";

export const faultModes = [
  /** The endpoint answers 500, and keeps that answer under the idempotency key. */
  "500",
  /** Nothing was reached: not kept, the same key may try again. */
  "503",
  "429",
  /** Never answers, did nothing. */
  "timeout",
  /** The connection is reset, nothing was done. */
  "reset",
  /** Did it, and never answers. */
  "done_then_timeout",
  "done_then_reset",
  "done_then_500",
] as const;

export type FaultMode = (typeof faultModes)[number];

export const faultSchema = z.strictObject({
  mode: z.enum(faultModes),
  /** How many calls it hits. */
  times: z.int().min(1).max(100_000).default(1),
  method: z.enum(["GET", "POST", "DELETE"]).optional(),
  /** Hits calls whose path contains this. */
  path: z.string().max(200).optional(),
});

export type FaultOrder = z.infer<typeof faultSchema>;

export async function armFault(sql: Sql, order: FaultOrder): Promise<void> {
  await sql`
    insert into stripe_sandbox.armed_faults (mode, method, path, remaining)
    values (${order.mode}, ${order.method ?? null}, ${order.path ?? null}, ${order.times})`;
}

export async function listFaults(sql: Sql): Promise<unknown[]> {
  return [...(await sql`select mode, method, path, remaining from stripe_sandbox.armed_faults order by id`)];
}

export async function disarmFaults(sql: Sql): Promise<void> {
  await sql`delete from stripe_sandbox.armed_faults`;
}

/** Takes one use of the oldest fault that matches this call. */
export async function takeFault(sql: Sql, call: { method: string; path: string }): Promise<FaultMode | undefined> {
  const armed = await sql<{ one: number }[]>`select 1 as one from stripe_sandbox.armed_faults limit 1`;
  if (armed.length === 0) return undefined;
  const taken = await sql<{ mode: FaultMode }[]>`
    update stripe_sandbox.armed_faults set remaining = remaining - 1
    where id = (
      select id from stripe_sandbox.armed_faults
      where remaining > 0
        and (method is null or method = ${call.method})
        and (path is null or position(path in ${call.path}) > 0)
      order by id limit 1 for update skip locked)
    returning mode`;
  await sql`delete from stripe_sandbox.armed_faults where remaining <= 0`;
  return taken[0]?.mode;
}
