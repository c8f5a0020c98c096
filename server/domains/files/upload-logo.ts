import { createHash, randomUUID } from "node:crypto";

import { eq } from "drizzle-orm";
import sharp from "sharp";

import { type DbOrTx } from "#db/client.ts";
import { files } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { findBusiness, setLogo } from "#server/domains/business/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx, within } from "#server/platform/ctx.ts";
import { type Ok, type Refusal } from "#server/platform/result.ts";

import { type UploadRefusal } from "./rules.ts";
import { sanitizeUpload } from "./sanitize-upload.ts";

/** Large enough for a printed bill's head, small enough to stand in every mail. */
const MOST_PIXELS_WIDE = 512;

/**
 * Keeps a picture as the biller's logo: re-encoded as PNG, at most 512 pixels wide and high. Refuses what sanitizeUpload
 * refuses, a PDF, and before set-up. The earlier logo's file stays, since mail that went out may show it. Admins only.
 */
export async function uploadLogo({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { name: string; bytes: Buffer };
}): Promise<Ok<null> | UploadRefusal | Refusal<"not_set_up">> {
  authorize(ctx.actor, "business.edit");
  const clean = await sanitizeUpload(input.name, input.bytes);
  if (!clean.ok) return clean;
  if (clean.value.mediaType === "application/pdf") return { ok: false, reason: "type_not_accepted", name: input.name };
  const bytes = await sharp(clean.value.bytes)
    .resize({ width: MOST_PIXELS_WIDE, height: MOST_PIXELS_WIDE, fit: "inside", withoutEnlargement: true })
    .png()
    .toBuffer();
  const storageKey = `logo/${randomUUID()}`;
  await ctx.files.put(storageKey, bytes);
  return withTransaction(ctx.db, async (tx) => {
    const [row] = await tx
      .insert(files)
      .values({
        ...{ accountId: null, uploadedBy: loginIdOf(ctx.actor), name: "logo.png", mediaType: "image/png", storageKey },
        ...{ byteSize: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") },
      })
      .returning({ id: files.id });
    const fileId = present(row, "an inserted file has a row").id;
    return setLogo({ ctx: within(ctx, tx), input: { fileId } });
  });
}

/** The biller's logo as bytes, for everybody; null without one. */
export async function findLogo({ db, files: store }: { db: DbOrTx; files: Ctx["files"] }): Promise<Buffer | null> {
  const fileId = (await findBusiness(db))?.logoFileId ?? null;
  if (fileId === null) return null;
  const [row] = await db.select({ key: files.storageKey }).from(files).where(eq(files.id, fileId)).limit(1);
  return row ? store.get(row.key) : null;
}
