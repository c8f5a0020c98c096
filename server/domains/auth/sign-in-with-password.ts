import { eq, sql } from "drizzle-orm";

import { logins, type LoginRole } from "#db/schema/index.ts";
import { addressKey } from "#server/platform/address-key.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { emailKey } from "./email-address.ts";
import { limitAttempts, type TooManyAttempts } from "./limits.ts";
import { passwordFits } from "./passwords.ts";
import { findLoginByEmail } from "./rows.ts";

export type SignInRefusal = Refusal<"wrong_email_or_password"> | TooManyAttempts;

/**
 * Checks an e-mail and a password. One answer for an unknown e-mail, a wrong password, a login without a password and a
 * suspended one, after the same work. Refuses after 10 tries per e-mail and 50 per address in 15 minutes.
 */
export async function signInWithPassword({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { email: string; password: string; ip: string };
}): Promise<Ok<{ loginId: string; role: LoginRole }> | SignInRefusal> {
  const limited = await limitAttempts(ctx.db, [
    { key: `sign-in:email:${emailKey(input.email)}`, most: 10 },
    { key: `sign-in:ip:${addressKey(input.ip)}`, most: 50 },
  ]);
  if (!limited.ok) return limited;
  const login = await findLoginByEmail(ctx.db, input.email);
  const fits = await passwordFits(login?.passwordHash ?? null, input.password);
  if (!login || !fits || login.suspendedAt !== null) return refuse("wrong_email_or_password");
  await ctx.db
    .update(logins)
    .set({ lastSignedInAt: sql`now()` })
    .where(eq(logins.id, login.id));
  return ok({ loginId: login.id, role: login.role });
}
