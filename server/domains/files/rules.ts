/** What may be uploaded. Pictures are re-encoded, so nothing hidden in them survives; PDFs are only ever attachments. */
export const ACCEPTED_TYPES = ["image/jpeg", "image/png", "image/webp", "application/pdf"] as const;
export type AcceptedType = (typeof ACCEPTED_TYPES)[number];

export const MAX_FILE_BYTES = 10 * 1024 * 1024;
/** A small file can unpack to gigabytes of pixels: refused before it is decoded. */
export const MAX_PIXELS = 40_000_000;
/** Per account: what one customer can store in all. */
export const ACCOUNT_QUOTA_BYTES = 200 * 1024 * 1024;

export type UploadRefusal =
  | { ok: false; reason: "empty_file"; name: string }
  | { ok: false; reason: "file_too_large"; name: string; maxBytes: number }
  | { ok: false; reason: "type_not_accepted"; name: string }
  | { ok: false; reason: "picture_too_large"; name: string; maxPixels: number }
  | { ok: false; reason: "picture_unreadable"; name: string }
  | { ok: false; reason: "quota_used_up"; name: string; maxBytes: number };

export const isAcceptedType = (type: string | undefined): type is AcceptedType =>
  (ACCEPTED_TYPES as readonly string[]).includes(type ?? "");

/**
 * The name a file is shown and downloaded under: the last path part without control, bidirectional or reserved
 * characters, at most 120 characters, with the ending of what the bytes really are.
 */
export function safeFileName(name: string, type: AcceptedType): string {
  const last = name.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const clean = last
    .replace(/[\p{Cc}\p{Cf}\p{Co}<>:"|?*;]/gu, "")
    .replace(/^\.+/, "")
    .trim();
  const stem = [...clean.replace(/\.[^.]*$/, "")].slice(0, 110).join("").trim();
  return `${stem === "" ? "file" : stem}.${ENDINGS[type]}`;
}

const ENDINGS: Record<AcceptedType, string> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "application/pdf": "pdf",
};
