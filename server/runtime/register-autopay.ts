import { subscribeAutopay } from "#server/domains/autopay/index.ts";
import { type Relay } from "#server/events/relay.ts";
import { type Ctx } from "#server/platform/ctx.ts";

/** Drafts follow the payments that were made for them. */
export const registerAutopay = ({ relay, systemCtx }: { relay: Relay; systemCtx: (name: string) => Ctx }): void =>
  subscribeAutopay(relay, systemCtx);
