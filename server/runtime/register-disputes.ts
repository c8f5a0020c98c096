import { subscribeDisputes } from "#server/domains/disputes/index.ts";
import { type Relay } from "#server/events/relay.ts";
import { type Ctx } from "#server/platform/ctx.ts";

/** Cases tell their threads what happened. */
export const registerDisputes = ({ relay, systemCtx }: { relay: Relay; systemCtx: (name: string) => Ctx }): void =>
  subscribeDisputes(relay, systemCtx);
