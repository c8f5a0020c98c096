import { eq, sql } from "drizzle-orm";

import { logins, type LoginRole } from "#db/schema/index.ts";
import { addressKey } from "#server/platform/address-key.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { emailKey } from "./email-address.ts";
import { limitAttempts, type TooManyAttempts } from "./limits.ts";
import { spendCode } from "./one-time-codes.ts";
import { findLoginByEmail } from "./rows.ts";

/**
 * Takes a one-time code. One answer for a wrong code, a used one, an expired one and an address nobody has, after the
 * same work. A code dies after five wrong tries; an address is refused after 15 tries in 15 minutes.
 */
export async function signInWithCode({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { email: string; code: string; ip: string };
}): Promise<Ok<{ loginId: string; role: LoginRole }> | Refusal<"wrong_code"> | TooManyAttempts> {
  const limited = await limitAttempts(ctx.db, [
    { key: `use-code:email:${emailKey(input.email)}`, most: 15 },
    { key: `use-code:ip:${addressKey(input.ip)}`, most: 50 },
  ]);
  if (!limited.ok) return limited;
  const spent = await spendCode(ctx.db, { purpose: "sign_in", email: input.email, code: input.code });
  const login = await findLoginByEmail(ctx.db, input.email);
  if (!spent || !login || spent.loginId !== login.id || login.suspendedAt !== null) return refuse("wrong_code");
  await ctx.db
    .update(logins)
    .set({ lastSignedInAt: sql`now()` })
    .where(eq(logins.id, login.id));
  return ok({ loginId: login.id, role: login.role });
}
