import { closeDecidedDisputes, subscribeDisputes } from "#server/domains/disputes/index.ts";
import { type Relay } from "#server/events/relay.ts";
import { type Ctx, type Log } from "#server/platform/ctx.ts";

import { repeat, type Repeated } from "./repeat.ts";

const LOOK_EVERY_MS = 30_000;

type Options = { relay: Relay; log: Log; systemCtx: (name: string) => Ctx };

/** Cases tell their threads what happened, and decided ones close when their appeal window has passed. */
export function registerDisputes({ relay, log, systemCtx }: Options): Repeated {
  subscribeDisputes(relay, systemCtx);
  return repeat({
    everyMs: LOOK_EVERY_MS,
    work: () => closeDecidedDisputes(systemCtx("disputes")),
    onError: (error) => log.error({ error }, "closing decided disputes failed"),
  });
}
