import { type AuthenticationResponseJSON } from "@simplewebauthn/server";
import { and, eq, isNull, sql } from "drizzle-orm";

import { logins, type LoginRole } from "#db/schema/index.ts";
import { addressKey } from "#server/platform/address-key.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { limitAttempts, type TooManyAttempts } from "./limits.ts";
import { takePasskeyAnswer } from "./passkey-answer.ts";

/**
 * Takes what a passkey has signed. It is both factors at once: something held, and the device has verified its owner.
 * One answer for an unknown passkey, one that signed something else, and a suspended login.
 */
export async function signInWithPasskey({
  ctx,
  input: { answer, ip },
}: {
  ctx: Ctx;
  input: { answer: AuthenticationResponseJSON; ip: string };
}): Promise<Ok<{ loginId: string; role: LoginRole }> | Refusal<"wrong_passkey"> | TooManyAttempts> {
  const limited = await limitAttempts(ctx.db, [{ key: `passkey:${addressKey(ip)}`, most: 50 }]);
  if (!limited.ok) return limited;
  const loginId = await takePasskeyAnswer(ctx, { answer, purpose: "sign_in", loginId: null });
  if (loginId === null) return refuse("wrong_passkey");
  const [login] = await ctx.db
    .update(logins)
    .set({ lastSignedInAt: sql`now()` })
    .where(and(eq(logins.id, loginId), isNull(logins.suspendedAt)))
    .returning({ role: logins.role });
  return login ? ok({ loginId, role: login.role }) : refuse("wrong_passkey");
}
