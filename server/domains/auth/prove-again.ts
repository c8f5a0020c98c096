import { type AuthenticationResponseJSON } from "@simplewebauthn/server";
import { eq } from "drizzle-orm";

import { logins } from "#db/schema/index.ts";
import { addressKey } from "#server/platform/address-key.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { limitAttempts, type TooManyAttempts } from "./limits.ts";
import { requestPayload, spendCode } from "./one-time-codes.ts";
import { takePasskeyAnswer } from "./passkey-answer.ts";
import { passwordFits } from "./passwords.ts";
import { requireOwnLogin } from "./policy.ts";
import { proveSecondFactor } from "./prove-second-factor.ts";
import { noteProof } from "./recent-proof.ts";
import { hasSecondFactor } from "./second-factor.ts";

export type Proof =
  | { by: "passkey"; answer: AuthenticationResponseJSON }
  | { by: "factor"; code: string }
  | { by: "password"; password: string }
  | { by: "mailed_code"; code: string; request: string };

/**
 * Asks somebody who is signed in who they are, once more, before a change that matters: a passkey, or their second
 * factor if they have one (nothing less does), else their password or a code from the mail. It counts for ten minutes, in this session.
 */
export async function proveAgain({
  ctx,
  input: { sessionId, ip, proof },
}: {
  ctx: Ctx;
  input: { sessionId: string; ip: string; proof: Proof };
}): Promise<
  | Ok<null>
  | Refusal<"wrong_passkey">
  | Refusal<"wrong_factor">
  | Refusal<"wrong_password">
  | Refusal<"wrong_code">
  | TooManyAttempts
> {
  const { loginId } = requireOwnLogin(ctx.actor);
  const limited = await limitAttempts(ctx.db, [{ key: `prove-again:${loginId}:${addressKey(ip)}`, most: 15 }]);
  if (!limited.ok) return limited;
  const owesFactor = await hasSecondFactor(ctx.db, loginId);
  if (proof.by === "passkey") {
    const whose = await takePasskeyAnswer(ctx, { answer: proof.answer, purpose: "confirm", loginId });
    if (whose === null) return refuse("wrong_passkey");
  } else if (owesFactor || proof.by === "factor") {
    const code = proof.by === "factor" ? proof.code : "";
    const proved = await proveSecondFactor({ ctx, input: { loginId, code, ip } });
    if (!proved.ok) return proved;
  } else if (proof.by === "password") {
    const [login] = await ctx.db.select({ kept: logins.passwordHash }).from(logins).where(eq(logins.id, loginId));
    if (!login) throw notFound("login");
    if (!(await passwordFits(login.kept, proof.password))) return refuse("wrong_password");
  } else {
    const { email } = requireOwnLogin(ctx.actor);
    const spent = await spendCode(ctx.db, {
      ...{ purpose: "sign_in" as const, email, code: proof.code, payload: requestPayload(proof.request) },
    });
    if (spent?.loginId !== loginId) return refuse("wrong_code");
  }
  await noteProof(ctx.db, { loginId, sessionId });
  return ok(null);
}
