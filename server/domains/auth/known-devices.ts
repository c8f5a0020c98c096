import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

import { type KeyFor } from "#server/platform/app-key.ts";

const NAME = "device";
const YEAR_SECONDS = 365 * 24 * 3_600;

/**
 * Marks a browser that somebody has signed in with: its own tries are counted apart, so that nobody is locked out by
 * what strangers try on their address. It signs nobody in.
 */
export function deviceCookie({
  keyFor,
  loginId,
  secure,
}: {
  keyFor: KeyFor;
  loginId: string;
  secure: boolean;
}): string {
  const id = randomBytes(12).toString("base64url");
  const name = secure ? `__Host-${NAME}` : NAME;
  const value = `${id}.${sign(keyFor, { id, loginId })}`;
  return `${name}=${value}; Path=/; Max-Age=${String(YEAR_SECONDS)}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
}

/** The name of a browser that this login has signed in with before; null for any other. */
export function knownDevice(
  keyFor: KeyFor,
  { cookieHeader, loginId }: { cookieHeader: string | null; loginId: string },
): string | null {
  const [, id = "", signature = ""] =
    /(?:^|;\s*)(?:__Host-)?device=([\w-]{16})\.([\w-]{43})(?:;|$)/.exec(cookieHeader ?? "") ?? [];
  if (id === "") return null;
  return timingSafeEqual(Buffer.from(sign(keyFor, { id, loginId })), Buffer.from(signature)) ? id : null;
}

const sign = (keyFor: KeyFor, { id, loginId }: { id: string; loginId: string }): string =>
  createHmac("sha256", keyFor("known device")).update(`${id}:${loginId}`).digest("base64url");
