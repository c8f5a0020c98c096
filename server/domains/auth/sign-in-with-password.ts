import { eq, sql } from "drizzle-orm";

import { logins, type LoginRole } from "#db/schema/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { knownDevice } from "./known-devices.ts";
import { byEmail, byNetwork, limitAttempts, type TooManyAttempts } from "./limits.ts";
import { passwordFits } from "./passwords.ts";
import { findLoginByEmail } from "./rows.ts";

export type SignInRefusal = Refusal<"wrong_email_or_password"> | TooManyAttempts;

/**
 * Checks an e-mail and a password. One answer for an unknown e-mail, a wrong password, a login without a password and a
 * suspended one, after the same work. Refuses after 10 tries per e-mail and network, 100 per e-mail and 50 per network in
 * 15 minutes. A browser that has signed in before has 10 tries of its own: what others try shuts nobody out.
 */
export async function signInWithPassword({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { email: string; password: string; ip: string; cookieHeader?: string | null };
}): Promise<Ok<{ loginId: string; role: LoginRole }> | SignInRefusal> {
  const { email, ip, cookieHeader = null } = input;
  const login = await findLoginByEmail(ctx.db, email);
  const device = login && knownDevice(ctx.keyFor, { cookieHeader, loginId: login.id });
  const limited = await limitAttempts(
    ctx.db,
    login && device
      ? [{ key: `sign-in:device:${login.id}:${device}`, most: 10 }]
      : [...byEmail("sign-in", { email, ip, most: 10 }), ...byNetwork("sign-in", { ip, most: 50 })],
  );
  if (!limited.ok) return limited;
  const fits = await passwordFits(login?.passwordHash ?? null, input.password);
  if (!login || !fits || login.suspendedAt !== null) return refuse("wrong_email_or_password");
  await ctx.db
    .update(logins)
    .set({ lastSignedInAt: sql`now()` })
    .where(eq(logins.id, login.id));
  return ok({ loginId: login.id, role: login.role });
}
