import { and, eq, inArray } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { files } from "#db/schema/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";

/** A file with its bytes, for one who may see its account. Throws not_found for unknown and foreign ids alike. */
export async function getFile(ctx: Ctx, fileId: string): Promise<{ name: string; mediaType: string; bytes: Buffer }> {
  const [row] = await ctx.db.select().from(files).where(eq(files.id, fileId)).limit(1);
  if (!row || row.accountId === null) throw notFound("file");
  authorize(ctx.actor, "file.read", row.accountId);
  return { name: row.name, mediaType: row.mediaType, bytes: await ctx.files.get(row.storageKey) };
}

/** Those of the ids that belong to the account: what a form may attach. */
export async function listOwnFileIds(db: DbOrTx, accountId: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({ id: files.id })
    .from(files)
    .where(and(eq(files.accountId, accountId), inArray(files.id, [...ids])));
  return rows.map((row) => row.id);
}
