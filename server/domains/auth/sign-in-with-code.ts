import { eq, sql } from "drizzle-orm";

import { logins, type LoginRole } from "#db/schema/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { byEmail, byNetwork, limitAttempts, type TooManyAttempts } from "./limits.ts";
import { requestPayload, spendCode } from "./one-time-codes.ts";
import { findLoginByEmail } from "./rows.ts";

/**
 * Takes a one-time code. One answer for a wrong code, a used one, an expired one and an address nobody has, after the
 * same work. A code works on the page it was asked from alone, and dies after five wrong tries there; an
 * address is refused after 15 tries from one network in 15 minutes.
 */
export async function signInWithCode({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { email: string; code: string; request: string; ip: string };
}): Promise<Ok<{ loginId: string; role: LoginRole }> | Refusal<"wrong_code"> | TooManyAttempts> {
  const { email, ip } = input;
  const limited = await limitAttempts(ctx.db, [
    ...byEmail("use-code", { email, ip, most: 15 }),
    ...byNetwork("use-code", { ip, most: 50 }),
  ]);
  if (!limited.ok) return limited;
  const spent = await spendCode(ctx.db, {
    ...{ purpose: "sign_in" as const, email, code: input.code, payload: requestPayload(input.request) },
  });
  const login = await findLoginByEmail(ctx.db, email);
  if (!spent || !login || spent.loginId !== login.id || login.suspendedAt !== null) return refuse("wrong_code");
  await ctx.db
    .update(logins)
    .set({ lastSignedInAt: sql`now()` })
    .where(eq(logins.id, login.id));
  return ok({ loginId: login.id, role: login.role });
}
