export type Pace = {
  /** Wants the work done: after so long, or as soon as its pace allows. The earliest of what is wanted counts. */
  ask(afterMs?: number): void;
  /** The work is done, or no longer wanted: what was asked for until now is answered by it. */
  done(): void;
  /** Nobody waits any more. */
  stop(): void;
};

/**
 * Does something `waitMs` after it was asked for, once for all who ask meanwhile, and never sooner than `apartMs` after it
 * was last `done`. A flurry that does not end is served at that pace; nothing waits for its end.
 */
export function createPace(work: () => void, { waitMs = 0, apartMs }: { waitMs?: number; apartMs: number }): Pace {
  let doneAt = Number.NEGATIVE_INFINITY;
  let dueAt = Number.POSITIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    clearTimeout(timer);
    dueAt = Number.POSITIVE_INFINITY;
  };
  return {
    ask(afterMs) {
      const now = performance.now();
      const at = now + (afterMs ?? Math.max(waitMs, doneAt + apartMs - now));
      if (at >= dueAt) return;
      clearTimeout(timer);
      dueAt = at;
      timer = setTimeout(() => {
        dueAt = Number.POSITIVE_INFINITY;
        work();
      }, at - now);
    },
    done() {
      stop();
      doneAt = performance.now();
    },
    stop,
  };
}
