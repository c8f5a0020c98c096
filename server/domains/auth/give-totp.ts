import { authorize } from "./policy.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { keepSecret } from "./second-factor.ts";

/** Gives a login a second factor whose secret is known: demo data and tests. Throws for whoever may not manage staff. */
export async function giveTotp({
  ctx,
  input: { loginId, secret },
}: {
  ctx: Ctx;
  input: { loginId: string; secret: string };
}): Promise<void> {
  authorize(ctx.actor, "staff.manage");
  await keepSecret(ctx, { loginId, secret, step: 0, at: new Date() });
}
