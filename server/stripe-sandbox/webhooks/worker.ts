import { doDue } from "../time/do-due.ts";
import { type Sandbox } from "../sandbox.ts";
import { deliverBatch } from "./deliver.ts";

const restMs = 1_000;

export type Worker = { stop(): Promise<void>; wake(): void };

/** In the background: does what the clock has reached and delivers what waits, until stopped. */
export function startWorker(sandbox: Sandbox): Worker {
  let stopped = false;
  let rouse: () => void = () => undefined;
  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, restMs);
      timer.unref();
      rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const round = async (): Promise<boolean> => {
    const done = await doDue(sandbox);
    const { delivered } = await deliverBatch(sandbox);
    return done + delivered > 0;
  };
  const loop = async () => {
    while (!stopped) {
      const busy = await round().catch((error: unknown) => {
        if (!stopped) sandbox.log.error({ err: error }, "the Stripe stand-in's worker stumbled");
        return false;
      });
      if (!busy && !stopped) await rest();
    }
  };
  const running = loop();
  return {
    wake: () => rouse(),
    async stop() {
      stopped = true;
      rouse();
      await running;
    },
  };
}
