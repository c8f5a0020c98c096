import { bug } from "./faults.ts";

/** Throws a fault when something that cannot be false is false. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw bug(message);
}

/** The value, or a fault when it is null or undefined: for rows a foreign key promises. */
export function present<T>(value: T | null | undefined, message: string): T {
  if (value === null || value === undefined) throw bug(message);
  return value;
}
