import { constants } from "node:os";

import { type FaultCode } from "./faults.ts";

const deepest = 5;
/** Of errors that were gathered: the first of them. */
const mostTold = 5;

/**
 * An error as the log keeps it: what, where, its codes and its causes. Nothing else of it: what a failing statement was
 * run with (a password's hash, a message, somebody's address) hangs on a driver's error in half a dozen places.
 */
export function errorFacts(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { type: typeof error };
  return {
    type: error.name,
    message: messageOf(error),
    ...named(error, ["code", "constraint_name", "table_name", "column_name", "statusCode", "query"]),
    stack: framesOf(error),
    ...(error instanceof AggregateError && depth < deepest
      ? { errors: error.errors.slice(0, mostTold).map((one) => errorFacts(one, depth + 1)) }
      : {}),
    ...(error.cause === undefined || depth === deepest ? {} : { cause: errorFacts(error.cause, depth + 1) }),
  };
}

/** Drizzle puts the values behind the statement; PostgreSQL quotes a value that it cannot read (class 22). */
function messageOf(error: Error): string {
  const told = error.message.replace(/\nparams: [^]*$/, "");
  return "code" in error && /^22/.test(String(error.code)) ? told.replace(/".*"/s, '"…"') : told;
}

function named(error: object, names: readonly string[]): object {
  const given = Object.entries(error).filter(
    ([name, value]) => names.includes(name) && (typeof value === "string" || typeof value === "number"),
  );
  return Object.fromEntries(given);
}

/** Where it was thrown, without the message that V8 writes above it. */
function framesOf({ stack = "", message }: Error): string {
  const at = stack.indexOf(message);
  const below = at < 0 ? stack : stack.slice(at + message.length);
  return below
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith("at "))
    .join("\n");
}

const ours: Readonly<Record<FaultCode, true>> = {
  ...{
    not_found: true,
    forbidden: true,
    unauthenticated: true,
    conflict: true,
    malformed: true,
    unavailable: true,
    bug: true,
  },
};

/**
 * Whether a value under the name `code` tells of a failure: a SQLSTATE, a code of the system, of Node, of a vendor or of
 * ours. What has another shape may be what somebody typed to sign in: 6 or 8 digits, or twelve letters.
 */
export function isFailureCode(value: unknown): boolean {
  if (typeof value === "number") return Math.abs(value) < 1_000;
  if (typeof value !== "string") return false;
  const words = /^(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z][a-z0-9]*(?:_[a-z0-9]+)+)$/;
  const sqlState = /^[0-9A-Z]{5}$/;
  return (
    value in ours || value in constants.errno || value === "ENOTFOUND" || sqlState.test(value) || words.test(value)
  );
}
