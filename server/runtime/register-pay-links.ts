import { subscribePayLinks } from "#server/domains/pay-links/index.ts";
import { type Relay } from "#server/events/relay.ts";
import { type Ctx } from "#server/platform/ctx.ts";

/** New bills are mailed with their link. */
export const registerPayLinks = ({ relay, systemCtx }: { relay: Relay; systemCtx: (name: string) => Ctx }): void =>
  subscribePayLinks(relay, systemCtx);
