/** The places where the fault tests let a process die, each before or after something that must not happen twice. */
export const FAULT_POINTS = [
  "before-processor-call",
  "after-processor-call",
  "inside-posting",
  "before-event-processing",
] as const;
export type FaultPoint = (typeof FAULT_POINTS)[number];

/**
 * Kills this process on the spot (SIGKILL: no handler, no flush) when FAULT_POINT names the place; does nothing
 * otherwise. Read from the environment each time, because the pages' bundle has its own copy of this module.
 */
export function faultPoint(name: FaultPoint): void {
  if (process.env["FAULT_POINT"] === name) process.kill(process.pid, "SIGKILL");
}
