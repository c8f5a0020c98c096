import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

import { bug } from "#server/platform/faults.ts";
import { type KeyFor } from "#server/platform/app-key.ts";

const PURPOSE = "totp secret";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A secret as the table keeps it: AES-256-GCM under a key from APP_KEY, bound to its owner. */
export function seal(keyFor: KeyFor, { text, loginId }: { text: string; loginId: string }): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyFor(PURPOSE), iv).setAAD(Buffer.from(loginId));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** Throws a fault for what this APP_KEY did not seal for this login: another key, or a row that was moved. */
export function unseal(keyFor: KeyFor, { sealed, loginId }: { sealed: string; loginId: string }): string {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", keyFor(PURPOSE), bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(loginId)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
  } catch (error) {
    throw bug("a second factor was sealed with another APP_KEY", error);
  }
}
