import { type Sandbox } from "../sandbox.ts";
import { deliverDue } from "../webhooks/deliver.ts";
import { doDue } from "./do-due.ts";

const DAY_MS = 86_400_000;

export type Move = {
  /** Days to go through, the last perhaps a part of one. */
  steps: number;
  done: number;
  state: "moving" | "moved" | "failed";
};

export type ClockMover = {
  /** The move that is under way, else the last one; null before the first. */
  last(): Move | null;
  /**
   * Moves business time forward day by day: on each day the stand-in does what is due and the application its duties, as
   * if the days had passed; what the stand-in tells of a day is worked off before the application's duties of that day, and
   * what those lead to before the next one begins. Moves come one after the other. Says how many duties the stand-in did.
   */
  move(ms: number): Promise<number>;
};

export function createClockMover(sandbox: Sandbox): ClockMover {
  let last: Move | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  async function go(ms: number, move: Move): Promise<number> {
    last = move;
    let duties = 0;
    for (let left = ms; move.done < move.steps; move.done += 1) {
      const step = Math.min(left, DAY_MS);
      await sandbox.clock.advance(step);
      left -= step;
      duties += await doDue(sandbox);
      await hear();
      await sandbox.doDuties();
      await hear();
    }
    return duties;
  }

  async function hear(): Promise<void> {
    await deliverDue(sandbox);
    await sandbox.workOff();
  }

  return {
    last: () => last,
    move(ms) {
      const move: Move = { steps: Math.max(1, Math.ceil(ms / DAY_MS)), done: 0, state: "moving" };
      const going = queue.then(() => go(ms, move));
      queue = going.then(
        () => (move.state = "moved"),
        () => (move.state = "failed"),
      );
      return going;
    },
  };
}
