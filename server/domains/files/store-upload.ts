import { createHash, randomUUID } from "node:crypto";

import { eq, sql } from "drizzle-orm";

import { files } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { answerCode } from "#server/platform/faults.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { ACCOUNT_QUOTA_BYTES, type UploadRefusal } from "./rules.ts";
import { sanitizeUpload } from "./sanitize-upload.ts";

export type StoredFile = { id: string; name: string; mediaType: string; byteSize: number };

/**
 * Checks, cleans and keeps one uploaded file of an account. Bytes are stored before the row, so a row always has its
 * bytes; where the row fails, they go again. Refuses what sanitizeUpload refuses, and an account over its quota. Throws a
 * fault for a foreign account.
 */
export async function storeUpload({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { accountId: string; name: string; bytes: Buffer };
}): Promise<Ok<StoredFile> | UploadRefusal> {
  authorize(ctx.actor, "file.upload", input.accountId);
  const clean = await sanitizeUpload(input.name, input.bytes);
  if (!clean.ok) return clean;
  const { name, mediaType, bytes } = clean.value;
  const storageKey = `${input.accountId}/${randomUUID()}`;
  await ctx.files.put(storageKey, bytes);
  const kept = { accountId: input.accountId, name, mediaType, storageKey, bytes };
  const stored = await keepRow(ctx, kept).catch(async (error: unknown) => {
    // A line that was cut does not say whether the row was committed, and a row must have its bytes.
    if (answerCode(error) !== "unavailable") await ctx.files.remove(storageKey);
    throw error;
  });
  if (stored !== null) return ok(stored);
  await ctx.files.remove(storageKey);
  return { ok: false, reason: "quota_used_up", name, maxBytes: ACCOUNT_QUOTA_BYTES };
}

type Kept = { accountId: string; name: string; mediaType: string; storageKey: string; bytes: Buffer };

/** The row of bytes that are stored; null for an account over its quota. */
function keepRow(ctx: Ctx, { accountId, name, mediaType, storageKey, bytes }: Kept): Promise<StoredFile | null> {
  return withTransaction(ctx.db, async (tx) => {
    // One after the other: each counts those before it.
    await lockAccount(tx, accountId);
    const [used] = await tx
      .select({ bytes: sql<string>`coalesce(sum(${files.byteSize}), 0)` })
      .from(files)
      .where(eq(files.accountId, accountId));
    if (BigInt(used?.bytes ?? 0) + BigInt(bytes.length) > BigInt(ACCOUNT_QUOTA_BYTES)) return null;
    const facts = { accountId, uploadedBy: loginIdOf(ctx.actor), name, mediaType, storageKey };
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const [row] = await tx
      .insert(files)
      .values({ ...facts, byteSize: bytes.length, sha256 })
      .returning({ id: files.id, name: files.name, mediaType: files.mediaType, byteSize: files.byteSize });
    return present(row, "an inserted file has a row");
  });
}
