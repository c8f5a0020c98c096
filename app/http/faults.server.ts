import { answerCode, type FaultCode } from "#server/platform/faults.ts";

const STATUS: Record<Exclude<FaultCode, "bug">, number> = {
  not_found: 404,
  forbidden: 403,
  unauthenticated: 401,
  conflict: 409,
  malformed: 400,
  unavailable: 503,
};

/** When whoever was answered "unavailable" should ask again, in seconds. */
export const COME_BACK = { "Retry-After": "5" } as const;

/**
 * Runs a loader or an action and maps thrown faults, and a database that is away, to HTTP in this one place. Bugs and
 * unknown errors go on up: they are logged, answered with 500 and nothing of them reaches the browser.
 */
export async function withFaults<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = answerCode(error);
    if (code === null || code === "bug") throw error;
    throw new Response(null, { status: STATUS[code], headers: code === "unavailable" ? COME_BACK : {} });
  }
}
