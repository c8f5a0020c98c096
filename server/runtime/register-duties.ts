import { runAutopayDuties } from "#server/domains/autopay/index.ts";
import { runCollectionDuties } from "#server/domains/collections/index.ts";
import { closeDecidedDisputes } from "#server/domains/disputes/index.ts";
import { runPlanDuties } from "#server/domains/plans/index.ts";
import { mailAwayReplies, wakeSnoozed } from "#server/domains/conversations/index.ts";
import { runStatementDuties } from "#server/domains/statements/index.ts";
import { type Ctx, type Log } from "#server/platform/ctx.ts";

import { repeat, type Repeated } from "./repeat.ts";

const LOOK_EVERY_MS = 10_000;

/** All that falls due by itself, in the order of a business day. Each finds its own work and does it once. */
const DUTIES: readonly { name: string; run: (ctx: Ctx) => Promise<unknown> }[] = [
  { name: "conversations", run: (ctx) => wakeSnoozed({ ctx }) },
  { name: "answers", run: mailAwayReplies },
  { name: "disputes", run: closeDecidedDisputes },
  { name: "autopay", run: runAutopayDuties },
  { name: "plans", run: runPlanDuties },
  { name: "collections", run: runCollectionDuties },
  { name: "statements", run: runStatementDuties },
];

/** The tick. A duty that fails is reported, holds up no other, and is found again by the next tick. */
export const registerDuties = ({ log, systemCtx }: { log: Log; systemCtx: (name: string) => Ctx }): Repeated =>
  repeat({
    everyMs: LOOK_EVERY_MS,
    async work() {
      for (const { name, run } of DUTIES) {
        await run(systemCtx(name)).catch((error: unknown) => log.error({ err: error }, `duties of ${name} failed`));
      }
    },
    onError: (error) => log.error({ err: error }, "the tick failed"),
  });
