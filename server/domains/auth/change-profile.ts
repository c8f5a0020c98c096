import { eq } from "drizzle-orm";

import { logins } from "#db/schema/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { requireOwnLogin } from "./policy.ts";

/** A person's own name, and the language their dates and amounts are written in. */
export async function changeProfile({
  ctx,
  input: { name, locale },
}: {
  ctx: Ctx;
  input: { name: string; locale: string };
}): Promise<Ok<null>> {
  const { loginId } = requireOwnLogin(ctx.actor);
  await ctx.db.update(logins).set({ name: name.trim(), locale }).where(eq(logins.id, loginId));
  return ok(null);
}
