import { fileTypeFromBuffer } from "file-type";
import sharp from "sharp";

import { ok, type Ok } from "#server/platform/result.ts";

import {
  type AcceptedType,
  isAcceptedType,
  MAX_FILE_BYTES,
  MAX_PIXELS,
  safeFileName,
  type UploadRefusal,
} from "./rules.ts";

export type CleanUpload = { name: string; mediaType: AcceptedType; bytes: Buffer };

/**
 * Decides by the bytes, never by what the browser says, and re-encodes pictures without their metadata. Touches no
 * database and no disk. Refuses empty, oversized, unknown, unreadable files and pixel floods.
 */
export async function sanitizeUpload(name: string, bytes: Buffer): Promise<Ok<CleanUpload> | UploadRefusal> {
  if (bytes.length === 0) return { ok: false, reason: "empty_file", name };
  if (bytes.length > MAX_FILE_BYTES) return { ok: false, reason: "file_too_large", name, maxBytes: MAX_FILE_BYTES };
  const sniffed = (await fileTypeFromBuffer(bytes))?.mime;
  if (!isAcceptedType(sniffed)) return { ok: false, reason: "type_not_accepted", name };
  const shownName = safeFileName(name, sniffed);
  if (sniffed === "application/pdf") return ok({ name: shownName, mediaType: sniffed, bytes });
  const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error", animated: false });
  const size = await picture.metadata().catch(() => null);
  if (size === null) return { ok: false, reason: "picture_unreadable", name };
  if (size.width * size.height > MAX_PIXELS) {
    return { ok: false, reason: "picture_too_large", name, maxPixels: MAX_PIXELS };
  }
  // rotate() applies the camera's orientation before the metadata that said so is dropped.
  const encoded = await picture
    .rotate()
    .toFormat(FORMATS[sniffed])
    .toBuffer()
    .catch(() => null);
  if (encoded === null) return { ok: false, reason: "picture_unreadable", name };
  return ok({ name: shownName, mediaType: sniffed, bytes: encoded });
}

const FORMATS = { "image/jpeg": "jpeg", "image/png": "png", "image/webp": "webp" } as const;
