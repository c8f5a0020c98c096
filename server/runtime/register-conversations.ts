import { wakeSnoozed } from "#server/domains/conversations/index.ts";
import { type Ctx, type Log } from "#server/platform/ctx.ts";

import { repeat, type Repeated } from "./repeat.ts";

const LOOK_EVERY_MS = 15_000;

/** What was snoozed comes back to its rep when its time has come. */
export const registerConversations = ({ log, systemCtx }: { log: Log; systemCtx: (name: string) => Ctx }): Repeated =>
  repeat({
    everyMs: LOOK_EVERY_MS,
    work: () => wakeSnoozed({ ctx: systemCtx("conversations") }),
    onError: (error) => log.error({ err: error }, "waking snoozed conversations failed"),
  });
