import { eq, sql } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { type ActionState, moneyActions } from "#db/schema/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { assert, present } from "#server/platform/assert.ts";

import { actionMayMove } from "./rules.ts";
import { type MoneyAction } from "./start-action.ts";

/**
 * Moves an action to another state and tells everyone whose page shows a card of it. `facts` are merged over the old
 * ones. Already being there changes nothing. Throws a fault on a move that the state machine does not know.
 */
export async function finishAction(
  tx: DbOrTx,
  actionId: string,
  to: ActionState,
  facts: Record<string, unknown> = {},
): Promise<MoneyAction> {
  const [action] = await tx.select().from(moneyActions).where(eq(moneyActions.id, actionId)).for("update");
  const known = present(action, "a money action that is finished exists");
  if (known.state === to) return known;
  assert(actionMayMove(known.state, to), `a money action cannot go from ${known.state} to ${to}`);
  const [moved] = await tx
    .update(moneyActions)
    .set({ state: to, facts: { ...known.facts, ...facts }, updatedAt: sql`now()` })
    .where(eq(moneyActions.id, actionId))
    .returning();
  await appendEvent(tx, "action.changed", { accountId: known.accountId, actionId, state: to });
  return present(moved, "the locked action is updated");
}
