import { subscribePlans } from "#server/domains/plans/index.ts";
import { type Relay } from "#server/events/relay.ts";
import { type Ctx } from "#server/platform/ctx.ts";

/** Plans follow their drafts, and what happens to their bills. */
export const registerPlans = ({ relay, systemCtx }: { relay: Relay; systemCtx: (name: string) => Ctx }): void =>
  subscribePlans(relay, systemCtx);
