/** The answer of a command: a value, or a refusal the person can act on. Faults are thrown, see faults.ts. */
export type Ok<T> = { readonly ok: true; readonly value: T };
export type Refusal<Reason extends string = string> = { readonly ok: false; readonly reason: Reason };
export type Result<T, R extends Refusal> = Ok<T> | R;

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });

/** Builds a refusal with the facts its sentence needs. */
export const refuse = <const Reason extends string, Facts extends object = object>(
  reason: Reason,
  facts?: Facts,
): Refusal<Reason> & Facts => ({ ok: false, reason, ...(facts ?? ({} as Facts)) });
