export type Repeated = {
  start(): void;
  /** Does it soon, without waiting for its turn. */
  wake(): void;
  /** Does it now, and waits until a round that began after the call is over. */
  once(): Promise<void>;
  /** Waits for the round that runs. */
  stop(): Promise<void>;
};

/** Does something again and again, never twice at once. A round that fails is reported and the next one comes anyway. */
export function repeat({
  everyMs,
  work,
  onError,
}: {
  everyMs: number;
  work: () => Promise<unknown>;
  onError: (error: unknown) => void;
}): Repeated {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  const round = async () => {
    do {
      again = false;
      await work().catch(onError);
    } while (again);
  };
  const wake = () => {
    if (running) again = true;
    else running = round().finally(() => (running = undefined));
  };
  return {
    start() {
      timer = setInterval(wake, everyMs);
      timer.unref();
      wake();
    },
    wake,
    async once() {
      wake();
      await running;
    },
    async stop() {
      clearInterval(timer);
      again = false;
      await running;
    },
  };
}
