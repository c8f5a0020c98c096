import { faultCode, type FaultCode } from "#server/platform/faults.ts";

const STATUS: Record<Exclude<FaultCode, "bug">, number> = {
  not_found: 404,
  forbidden: 403,
  unauthenticated: 401,
  conflict: 409,
  unavailable: 503,
};

/**
 * Runs a loader or an action and maps thrown faults to HTTP in this one place. Bugs and unknown errors go on up: they
 * are logged, answered with 500 and nothing of them reaches the browser.
 */
export async function withFaults<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = faultCode(error);
    if (code === null || code === "bug") throw error;
    const headers: HeadersInit = code === "unavailable" ? { "Retry-After": "5" } : {};
    throw new Response(null, { status: STATUS[code], headers });
  }
}
