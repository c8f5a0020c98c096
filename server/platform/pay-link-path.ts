import { createHmac, timingSafeEqual } from "node:crypto";

import { type KeyFor } from "./app-key.ts";

const PURPOSE = "pay links";
const ID_BYTES = 16;
const PROOF_BYTES = 16;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
const UNSIGNED = new RegExp(`/p/@(${UUID.source})`);

/** What the address of a pay link ends with: the row's id, and the proof that we wrote it. */
export function signPayLink(keyFor: KeyFor, linkId: string): string {
  const id = Buffer.from(linkId.replaceAll("-", ""), "hex");
  return Buffer.concat([id, proofOf(keyFor, id)]).toString("base64url");
}

/** The id of the link that a token names, or null for whatever we have not signed. Says nothing of whether it lives. */
export function readPayLinkToken(keyFor: KeyFor, token: string): string | null {
  if (!/^[\w-]{43}$/.test(token)) return null;
  const bytes = Buffer.from(token, "base64url");
  // One spelling only: the last character has bits that decode to nothing.
  if (bytes.length !== ID_BYTES + PROOF_BYTES || bytes.toString("base64url") !== token) return null;
  const id = bytes.subarray(0, ID_BYTES);
  if (!timingSafeEqual(bytes.subarray(ID_BYTES), proofOf(keyFor, id))) return null;
  return id.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const proofOf = (keyFor: KeyFor, id: Buffer): Buffer =>
  createHmac("sha256", keyFor(PURPOSE)).update(id).digest().subarray(0, PROOF_BYTES);

/** The path of a pay link as it is stored, in a mail that waits: it opens nothing until `signPath` has signed it. */
export const unsignedPayPath = (linkId: string, rest = ""): string => `/p/@${linkId}${rest}`;

/** Whether a text gives away the address of a pay link. */
export const holdsPayLink = (text: string): boolean => /\/p\/[\w-]{43}/.test(text);

/** A stored path as it is sent. */
export const signPath = (keyFor: KeyFor, path: string): string =>
  path.replace(UNSIGNED, (_, linkId: string) => `/p/${signPayLink(keyFor, linkId)}`);
