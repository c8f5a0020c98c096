import { createHmac } from "node:crypto";

/** Stripe's scheme: HMAC-SHA256 over `timestamp.payload`. Source: docs.stripe.com/webhooks#verify-manually. */
export function signatureHeader(payload: string, secret: string, atSeconds: number): string {
  const signature = createHmac("sha256", secret).update(`${atSeconds}.${payload}`).digest("hex");
  return `t=${atSeconds},v1=${signature}`;
}
