import { type Ctx } from "#server/platform/ctx.ts";

import { chargeLateFees } from "./charge-late-fees.ts";
import { sendReminders } from "./send-reminders.ts";

/** What collections owe today: fees first, so that a reminder tells of them too. */
export async function runCollectionDuties(ctx: Ctx): Promise<void> {
  await chargeLateFees(ctx);
  await sendReminders(ctx);
}
