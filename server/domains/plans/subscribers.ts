import { type Relay } from "#server/events/relay.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { reconcilePlan } from "./reconcile-plan.ts";
import { listRunning } from "./run-duties.ts";

/** A plan follows its drafts, and whatever else happens to its bills: payments by hand, credits, disputes, refunds. */
export function subscribePlans(relay: Relay, systemCtx: (name: string) => Ctx): void {
  relay.on("draft.changed", ({ source, sourceId }) =>
    source === "plan" ? reconcilePlan(systemCtx("plans"), sourceId) : undefined,
  );
  relay.on("account.money_changed", async ({ accountId }) => {
    const ctx = systemCtx("plans");
    for (const { id } of await listRunning(ctx, accountId)) await reconcilePlan(ctx, id);
  });
}
