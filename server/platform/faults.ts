import { isDatabaseAway } from "#db/is-away.ts";
import { isUnkeepable } from "#db/is-unkeepable.ts";

/** What went wrong that nobody at the screen can mend by typing something else. Mapped to HTTP in app/http only. */
export type FaultCode =
  "not_found" | "forbidden" | "unauthenticated" | "conflict" | "malformed" | "unavailable" | "bug";

export class Fault extends Error {
  /** Compared instead of `instanceof`: the Remix bundle holds its own copy of this class. */
  readonly code: FaultCode;
  constructor(code: FaultCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "Fault";
    this.code = code;
  }
}

/** The row does not exist, or the asker may not know that it does: both look the same from outside. */
export const notFound = (what: string): Fault => new Fault("not_found", `${what} not found`);
export const forbidden = (what: string): Fault => new Fault("forbidden", `not allowed: ${what}`);
export const bug = (message: string, cause?: unknown): Fault => new Fault("bug", message, { cause });

export function faultCode(error: unknown): FaultCode | null {
  if (typeof error !== "object" || error === null || !("name" in error) || error.name !== "Fault") return null;
  return (error as Fault).code;
}

/**
 * As `faultCode`, for whoever answers a person: a database that is away for a moment is no bug, and neither is text that it
 * cannot keep, such as a zero byte in an address, a form or a socket's event.
 */
export function answerCode(error: unknown): FaultCode | null {
  const code = faultCode(error);
  if (code !== null) return code;
  if (isDatabaseAway(error)) return "unavailable";
  return isUnkeepable(error) ? "malformed" : null;
}
