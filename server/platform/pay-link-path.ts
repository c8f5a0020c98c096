import { type KeyFor } from "./app-key.ts";
import { readSignedId, signId } from "./signed-id.ts";

const purpose = "pay links";
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
const UNSIGNED = new RegExp(`/p/@(${UUID.source})`);

/** What the address of a pay link ends with: the row's id, and the proof that we wrote it. */
export const signPayLink = (keyFor: KeyFor, linkId: string): string => signId(keyFor, { purpose, id: linkId });

/** The id of the link that a token names, or null for whatever we have not signed. Says nothing of whether it lives. */
export const readPayLinkToken = (keyFor: KeyFor, token: string): string | null =>
  readSignedId(keyFor, { purpose, token });

/** The path of a pay link as it is stored, in a mail that waits: it opens nothing until `signPath` has signed it. */
export const unsignedPayPath = (linkId: string, rest = ""): string => `/p/@${linkId}${rest}`;

/** Whether a text gives away the address of a pay link. */
export const holdsPayLink = (text: string): boolean => /\/p\/[\w-]{43}/.test(text);

/** A stored path as it is sent. */
export const signPath = (keyFor: KeyFor, path: string): string =>
  path.replace(UNSIGNED, (_, linkId: string) => `/p/${signPayLink(keyFor, linkId)}`);
