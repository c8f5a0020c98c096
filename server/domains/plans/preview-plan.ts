import { getAccount } from "#server/domains/accounts/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { type Ok } from "#server/platform/result.ts";

import { type PlannedTerms, planTerms, type TermsWish, type WishRefusal } from "./write-terms.ts";

/** What a wish would come to, to the cent, without proposing it; or why it cannot be. */
export async function previewPlan({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: TermsWish;
}): Promise<Ok<PlannedTerms> | WishRefusal> {
  authorize(ctx.actor, "plan.view", input.accountId);
  const account = await getAccount(ctx.db, input.accountId);
  return planTerms({ ctx, db: ctx.db }, { account, wish: input });
}
