import { desc, eq } from "drizzle-orm";

import { currency } from "#app/contracts/currency.ts";
import { localDateOf, type LocalDate } from "#app/contracts/local-date.ts";
import { type DbOrTx } from "#db/client.ts";
import { business, logins, policyVersions } from "#db/schema/index.ts";

import { DEFAULT_POLICIES, type Policy, POLICY_SCHEMAS, type PolicyKind } from "./policies.ts";

export type Business = typeof business.$inferSelect;

/** Who bills, as long as nobody has run set-up: books can be imported and paid before a name is chosen. */
const UNNAMED: Business = {
  ...{ id: 1, name: "Your business", legalName: null, address: null, phone: null, supportEmail: null },
  ...{ zone: Intl.DateTimeFormat().resolvedOptions().timeZone, currency: currency("USD"), locale: "en-US" },
  ...{ senderName: null, senderEmail: null, terms: null, logoFileId: null, officeHours: {}, paymentTermDays: 30 },
  ...{ version: 0, createdAt: new Date(0), updatedAt: new Date(0) },
};

/** The biller; an unnamed one in this machine's zone before set-up has run. */
export const getBusiness = async (db: DbOrTx): Promise<Business> => (await findBusiness(db)) ?? UNNAMED;

/** The biller, or null before set-up has run. */
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

export type PolicyVersion = {
  version: number;
  effectiveOn: LocalDate;
  reason: string;
  /** Who saved it; null for the command line and the system. */
  by: string | null;
  createdAt: Date;
};

/** How a policy came to be what it is, the newest first. */
export async function listPolicyVersions(db: DbOrTx, kind: PolicyKind, limit = 20): Promise<PolicyVersion[]> {
  return db
    .select({
      version: policyVersions.version,
      effectiveOn: policyVersions.effectiveOn,
      reason: policyVersions.reason,
      by: logins.name,
      createdAt: policyVersions.createdAt,
    })
    .from(policyVersions)
    .leftJoin(logins, eq(logins.id, policyVersions.createdBy))
    .where(eq(policyVersions.kind, kind))
    .orderBy(desc(policyVersions.version))
    .limit(limit);
}
