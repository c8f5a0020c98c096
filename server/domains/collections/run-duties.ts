import { eachAlone } from "#server/domains/jobs/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { chargeLateFees } from "./charge-late-fees.ts";
import { sendReminders } from "./send-reminders.ts";

/** What collections owe today: fees first, so that a reminder tells of them too. */
export async function runCollectionDuties(ctx: Ctx): Promise<void> {
  await eachAlone([chargeLateFees, sendReminders], (duty) => duty(ctx));
}
