import { type Ctx } from "#server/platform/ctx.ts";
import { Fault } from "#server/platform/faults.ts";
import { inTime } from "#server/platform/in-time.ts";

/** How long somebody who pressed a button waits for the processor in all; cards answer within three seconds. */
const PATIENCE_MS = 4_000;
/** What each later question has, when the ones before it were answered by nobody. */
const LEAST_MS = 1_000;

export type Patience = <T>(work: Promise<T>, late: () => T) => Promise<T>;

/**
 * The patience of one press, spent by all questions that it leads to. A question that is late goes on by itself and is
 * recorded when it is answered; what is cut off meanwhile, the sweep finds.
 */
export function startPatience({ log }: Ctx): Patience {
  const until = performance.now() + PATIENCE_MS;
  return (work, late) =>
    inTime(work, {
      ...{ ms: Math.max(LEAST_MS, until - performance.now()), late },
      onFault: (error) =>
        log.error({ err: error }, "what the processor answered late was not recorded; the sweep asks"),
    });
}

/** For what was not recorded anywhere yet: nothing was done, and it may be tried again. */
export function noAnswer(): never {
  throw new Fault("unavailable", "the payment processor does not answer");
}
