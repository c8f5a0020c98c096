import { cspReportPath } from "./security-headers.ts";

/**
 * Addresses that machines post to. They carry no session and no Origin, and prove themselves by signature or token
 * instead. Everything else that changes something comes from a page of ours.
 */
export const machineEndpoints: readonly string[] = ["/hooks/stripe", cspReportPath];

export const isMachineEndpoint = (path: string): boolean => machineEndpoints.includes(path);
