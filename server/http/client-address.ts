import { type Express, type Request } from "express";

import { addressKey } from "#server/platform/address-key.ts";

/**
 * Forwarded addresses are believed only where somebody said that a proxy stands in front (PUBLIC_URL), and only from a
 * neighbour: else any visitor could choose their own address and so slip every limit.
 */
export function trustProxy(app: Express, publicUrl: string | undefined): void {
  app.set("trust proxy", publicUrl ? ["loopback", "linklocal", "uniquelocal"] : false);
}

/** Whom a limit counts: see `addressKey`. */
export const limitKey = (request: Pick<Request, "ip">): string => addressKey(request.ip ?? "unknown");
