import { createHmac, timingSafeEqual } from "node:crypto";

import { type KeyFor } from "./app-key.ts";

const ID_BYTES = 16;
const PROOF_BYTES = 16;

/** A row's id for an address that is its own key: the id, and the proof that we wrote it for this purpose. */
export function signId(keyFor: KeyFor, { purpose, id }: { purpose: string; id: string }): string {
  const bytes = Buffer.from(id.replaceAll("-", ""), "hex");
  return Buffer.concat([bytes, proofOf(keyFor, { purpose, bytes })]).toString("base64url");
}

/** The id that a token names, or null for whatever we have not signed for this purpose. Says nothing of whether it lives. */
export function readSignedId(keyFor: KeyFor, { purpose, token }: { purpose: string; token: string }): string | null {
  if (!/^[\w-]{43}$/.test(token)) return null;
  const all = Buffer.from(token, "base64url");
  // One spelling only: the last character has bits that decode to nothing.
  if (all.length !== ID_BYTES + PROOF_BYTES || all.toString("base64url") !== token) return null;
  const bytes = all.subarray(0, ID_BYTES);
  if (!timingSafeEqual(all.subarray(ID_BYTES), proofOf(keyFor, { purpose, bytes }))) return null;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const proofOf = (keyFor: KeyFor, { purpose, bytes }: { purpose: string; bytes: Buffer }): Buffer =>
  createHmac("sha256", keyFor(purpose)).update(bytes).digest().subarray(0, PROOF_BYTES);
