import { type ActionState } from "#db/schema/index.ts";

const FROM: Record<ActionState, readonly ActionState[]> = {
  pending_approval: [],
  accepted: ["pending_approval"],
  in_progress: ["accepted"],
  done: ["accepted", "in_progress"],
  refused: ["pending_approval", "accepted", "in_progress"],
  failed: ["accepted", "in_progress"],
  reversed: ["done"],
};

/** Whether a money action may move from one state to another. Staying is not moving. */
export const actionMayMove = (from: ActionState, to: ActionState): boolean => FROM[to].includes(from);

export type EntrySum = { readonly amountMinor: bigint };

/** A journal has at least two entries, none of them zero, and they sum to zero. */
export function journalBalances(entries: readonly EntrySum[]): boolean {
  return (
    entries.length >= 2 &&
    entries.every((entry) => entry.amountMinor !== 0n) &&
    entries.reduce((sum, entry) => sum + entry.amountMinor, 0n) === 0n
  );
}
