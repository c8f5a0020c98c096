import { cspReportPath } from "./security-headers.ts";
import { stripeWebhookPath } from "./stripe-webhook.ts";

/**
 * Addresses that machines post to. They carry no session and no Origin, and prove themselves by signature or token
 * instead. Everything else that changes something comes from a page of ours.
 */
export const machineEndpoints: readonly string[] = [stripeWebhookPath, cspReportPath];

/** Mail programs stop mails for their readers (RFC 8058): the token in the address is all that counts. */
const UNSUBSCRIBE = "/unsubscribe/";

export const isMachineEndpoint = (path: string): boolean =>
  machineEndpoints.includes(path) || path.startsWith(UNSUBSCRIBE);
