import { type Ctx } from "#server/platform/ctx.ts";

import { askCardExpiry } from "./ask-card-expiry.ts";
import { announceDue } from "./announce-due.ts";
import { cancelPaidDrafts } from "./cancel-paid-drafts.ts";
import { concludeLeftDrafts } from "./conclude-draft.ts";
import { eachAlone } from "#server/domains/jobs/index.ts";
import { takeDueDrafts } from "./take-due-drafts.ts";
import { tellCardExpiry } from "./tell-card-expiry.ts";

/** What autopay owes today: what was left is concluded, what is due is taken, what comes is announced. */
export async function runAutopayDuties(ctx: Ctx): Promise<void> {
  const inOrder = [concludeLeftDrafts, cancelPaidDrafts, askCardExpiry, takeDueDrafts, announceDue, tellCardExpiry];
  await eachAlone(inOrder, (duty) => duty(ctx));
}
