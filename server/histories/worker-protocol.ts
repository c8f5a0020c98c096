/** The name of its connections, by which they are found and cut. */
export const WORKER = "worker";

/**
 * When and how a worker ends: at so many writes, by SIGKILL before the statement is sent or just after it, or with all of
 * its connections cut, which it survives.
 */
export type Fate = { writes: number; how: "before" | "after" | "cut off" };

export type RoundAsked = { nowMs: number; fate: Fate | null };
/** `fated`: what was to happen to it has not happened yet. */
export type RoundDone = { failures: string[]; fated: boolean };
