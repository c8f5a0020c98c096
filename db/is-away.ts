/** The driver's and the system's words for a line that could not be opened, or was cut. */
const lineCodes = new Set([
  ...["CONNECT_TIMEOUT", "CONNECTION_CLOSED", "CONNECTION_DESTROYED", "CONNECTION_ENDED"],
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH"],
]);
/** Ended by an administrator, by a crash, starting or stopping; no connection left for us; class 08. */
const serverCodes = /^(?:57P0[1-3]|53300|08...)$/;

/**
 * Whether a failure only says that the database cannot be reached just now: the same statement may do in a moment. Of a
 * COMMIT it does not say whether it was done, so that only what is safe to repeat may be repeated.
 */
export function isDatabaseAway(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if (!("code" in at) || typeof at.code !== "string") continue;
    if (lineCodes.has(at.code) || serverCodes.test(at.code)) return true;
  }
  return false;
}
