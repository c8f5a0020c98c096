import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

import { type Fate, type RoundAsked, type RoundDone } from "./worker-protocol.ts";

const PROGRAM = fileURLToPath(new URL("worker-process.ts", import.meta.url));

export type Round = ({ ended: "done" } & RoundDone) | { ended: "died" };

/** Workers one after the other: where one dies the next is ready. What happened to one is followed by the next fate. */
export function makeMortalWorker(
  { url, apiBase }: { url: string; apiBase: string },
  nextFate: () => Fate | null,
): { round(now: Date): Promise<Round>; stop(): Promise<void> } {
  const raise = () =>
    ready(fork(PROGRAM, [JSON.stringify({ url, apiBase })], { execArgv: ["--import", "./db/preload.js"] }));
  let next = raise();
  let at: ChildProcess | undefined;
  let fated = false;
  return {
    async round(now) {
      if (at === undefined) {
        at = await next;
        next = raise();
      }
      const answer = await ask(at, { nowMs: now.getTime(), fate: fated ? null : nextFate() });
      fated = answer.ended === "done" && answer.fated;
      if (answer.ended === "died") at = undefined;
      return answer;
    },
    async stop() {
      for (const child of [at, await next]) await end(child);
    },
  };
}

async function ready(child: ChildProcess): Promise<ChildProcess> {
  const answer = await hear(child);
  if (answer.ended === "died") throw new Error("a worker did not start");
  return child;
}

function ask(child: ChildProcess, asked: RoundAsked): Promise<Round> {
  const answer = hear(child);
  child.send(asked);
  return answer;
}

function hear(child: ChildProcess): Promise<Round> {
  return new Promise((resolve) => {
    const died = () => {
      child.off("message", done);
      resolve({ ended: "died" });
    };
    const done = (message: unknown) => {
      child.off("exit", died);
      resolve({ ended: "done", ...(message as RoundDone) });
    };
    child.once("exit", died);
    child.once("message", done);
  });
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.disconnect();
  await gone;
}
