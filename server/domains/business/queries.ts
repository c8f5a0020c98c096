import { desc, eq } from "drizzle-orm";

import { localDateOf, type LocalDate } from "#app/contracts/local-date.ts";
import { type DbOrTx } from "#db/client.ts";
import { business, policyVersions } from "#db/schema/index.ts";
import { notFound } from "#server/platform/faults.ts";

import { DEFAULT_POLICIES, type Policy, POLICY_SCHEMAS, type PolicyKind } from "./policies.ts";

export type Business = typeof business.$inferSelect;

/** The biller. Throws not_found before set-up has run. */
export async function getBusiness(db: DbOrTx): Promise<Business> {
  const row = await findBusiness(db);
  if (row === null) throw notFound("business");
  return row;
}

export async function findBusiness(db: DbOrTx): Promise<Business | null> {
  const [row] = await db.select().from(business).limit(1);
  return row ?? null;
}

/** The business day it is in a zone, by business time. */
export const todayIn = (zone: string, now: Date): LocalDate => localDateOf(now, zone);

/** The policy in force, with the version that set it (null while the default holds). */
export async function getPolicy<K extends PolicyKind>(
  db: DbOrTx,
  kind: K,
): Promise<{ body: Policy<K>; versionId: string | null; version: number }> {
  const [row] = await db
    .select()
    .from(policyVersions)
    .where(eq(policyVersions.kind, kind))
    .orderBy(desc(policyVersions.version))
    .limit(1);
  if (!row) return { body: DEFAULT_POLICIES[kind], versionId: null, version: 0 };
  return { body: POLICY_SCHEMAS[kind].parse(row.body) as Policy<K>, versionId: row.id, version: row.version };
}
