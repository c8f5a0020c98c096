import { and, desc, eq, sql } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { auditEntries, logins } from "#db/schema/index.ts";
import { decodeCursor, type Page, PAGE_LIMIT, toPage } from "#server/platform/paging.ts";

export type AuditEntry = {
  id: bigint;
  action: string;
  subjectKind: string;
  subjectId: string;
  /** The name of whoever did it; null for the system, the processor and the command line. */
  by: string | null;
  actorKind: "customer" | "staff" | "system" | "processor";
  before: unknown;
  after: unknown;
  reason: string | null;
  at: Date;
};

export type ListAudit = { accountId: string; cursor?: string | null | undefined; limit?: number };

/** What was done about an account, the newest first, a keyset page at a time. A cursor that is not ours starts at the top. */
export async function listAudit(db: DbOrTx, query: ListAudit): Promise<Page<AuditEntry>> {
  const limit = Math.min(query.limit ?? PAGE_LIMIT, 200);
  const [cursor = ""] = decodeCursor(query.cursor, 1) ?? [];
  const before = /^\d{1,18}$/.test(cursor) ? sql`${auditEntries.id} < ${cursor}::bigint` : undefined;
  const rows = await db
    .select({
      id: auditEntries.id,
      action: auditEntries.action,
      subjectKind: auditEntries.subjectKind,
      subjectId: auditEntries.subjectId,
      by: logins.name,
      actorKind: auditEntries.actorKind,
      before: auditEntries.before,
      after: auditEntries.after,
      reason: auditEntries.reason,
      at: auditEntries.createdAt,
    })
    .from(auditEntries)
    .leftJoin(logins, eq(logins.id, auditEntries.actorLoginId))
    .where(and(eq(auditEntries.accountId, query.accountId), before))
    .orderBy(desc(auditEntries.id))
    .limit(limit + 1);
  return toPage(rows, limit, (entry) => [entry.id]);
}
