import { type Sql, type TransactionSql } from "postgres";
import { z } from "zod";

export const knobsSchema = z.strictObject({
  webhooks: z.strictObject({
    /** How many times more than once each webhook is delivered. */
    duplicate: z.int().min(0).max(50),
    /** How long each waits before its first delivery. */
    delayMs: z.int().min(0).max(86_400_000),
    order: z.enum(["as_is", "reversed", "shuffled"]),
    /** Event types that are never delivered; `*` is every type. */
    drop: z.array(z.string().max(100)).max(100),
    /** Nothing is delivered until this is off again. */
    paused: z.boolean(),
  }),
  /** Pays out what is available, once a business day. */
  automaticPayouts: z.boolean(),
});

export type Knobs = z.infer<typeof knobsSchema>;

export const defaultKnobs: Knobs = {
  webhooks: { duplicate: 0, delayMs: 0, order: "as_is", drop: [], paused: false },
  automaticPayouts: false,
};

export const knobsPatchSchema = z.strictObject({
  webhooks: knobsSchema.shape.webhooks.partial().optional(),
  automaticPayouts: z.boolean().optional(),
});

type Value = { value: unknown };

export async function readKnobs(sql: Sql | TransactionSql): Promise<Knobs> {
  const rows = await sql<Value[]>`select value from stripe_sandbox.knobs`;
  const stored = rows[0]?.value;
  if (stored === undefined) return defaultKnobs;
  const parsed = knobsSchema.safeParse(typeof stored === "string" ? JSON.parse(stored) : stored);
  return parsed.success ? parsed.data : defaultKnobs;
}

export async function writeKnobs(sql: Sql, patch: z.infer<typeof knobsPatchSchema>): Promise<Knobs> {
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext('stripe_sandbox.knobs'))`;
    const before = await readKnobs(tx);
    const after = knobsSchema.parse({
      ...before,
      ...(patch.automaticPayouts === undefined ? {} : { automaticPayouts: patch.automaticPayouts }),
      webhooks: { ...before.webhooks, ...patch.webhooks },
    });
    await tx`
      insert into stripe_sandbox.knobs (value) values (${JSON.stringify(after)}::text::jsonb)
      on conflict (only_row) do update set value = excluded.value`;
    return after;
  });
}

export async function resetKnobs(sql: Sql): Promise<Knobs> {
  await sql`delete from stripe_sandbox.knobs`;
  await sql`delete from stripe_sandbox.armed_faults`;
  return defaultKnobs;
}
