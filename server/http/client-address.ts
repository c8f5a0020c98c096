import { type Express, type Request } from "express";

/**
 * Forwarded addresses are believed only where somebody said that a proxy stands in front (PUBLIC_URL), and only from a
 * neighbour: else any visitor could choose their own address and so slip every limit.
 */
export function trustProxy(app: Express, publicUrl: string | undefined): void {
  app.set("trust proxy", publicUrl ? ["loopback", "linklocal", "uniquelocal"] : false);
}

/** Whom a limit counts: an IPv4 address, or the /64 that one household gets of IPv6. */
export function limitKey(request: Pick<Request, "ip">): string {
  const address = (request.ip ?? "unknown").replace(/^::ffff:(?=\d+\.)/i, "").toLowerCase();
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail?.split(":").filter(Boolean) ?? [];
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => "0");
  const groups = [...left, ...zeros, ...right];
  return `${groups.slice(0, 4).join(":")}::/64`;
}
