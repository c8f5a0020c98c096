import { hkdfSync } from "node:crypto";

/** A 32-byte key for one purpose; what one purpose signs or seals means nothing to another. */
export type KeyFor = (purpose: string) => Buffer;

/** Derives the keys of all purposes from APP_KEY (HKDF, RFC 5869). */
export function createKeys(appKey: string): KeyFor {
  const made = new Map<string, Buffer>();
  return (purpose) => {
    const known = made.get(purpose);
    if (known) return known;
    const key = Buffer.from(hkdfSync("sha256", appKey, "remit", purpose, 32));
    made.set(purpose, key);
    return key;
  };
}
