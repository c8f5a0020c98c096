import { eq } from "drizzle-orm";

import { passkeys } from "#db/schema/index.ts";
import { addressKey } from "#server/platform/address-key.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, refuse } from "#server/platform/result.ts";

import { limitAttempts, type TooManyAttempts } from "./limits.ts";
import { relyingParty } from "./passkey-answer.ts";
import { makeChallenge, type PasskeyPurpose } from "./passkey-challenges.ts";
import { requireOwnLogin } from "./policy.ts";
import { isRecentlyProved, type ProofNeeded } from "./recent-proof.ts";
import { loadWebauthn } from "./webauthn.ts";

type Asked = { purpose: PasskeyPurpose; ip: string; sessionId: string | null; biller: string };

/**
 * What a browser hands to its passkeys: to sign in (nobody is named, the passkey says who it is), to confirm who is
 * signed in, or to add one. Adding is refused without a recent proof; asking, more than 60 times in 15 minutes.
 */
export async function offerPasskey({
  ctx,
  input: { purpose, ip, sessionId, biller },
}: {
  ctx: Ctx;
  input: Asked;
}): Promise<Ok<{ options: object }> | ProofNeeded | TooManyAttempts> {
  const limited = await limitAttempts(ctx.db, [{ key: `passkey-offer:${addressKey(ip)}`, most: 60 }]);
  if (!limited.ok) return limited;
  const { rpID } = relyingParty(ctx.publicUrl);
  const { generateAuthenticationOptions, generateRegistrationOptions } = await loadWebauthn();
  if (purpose === "sign_in") {
    const challenge = bytes(await makeChallenge(ctx.db, { purpose, loginId: null }));
    return ok({ options: await generateAuthenticationOptions({ rpID, challenge, userVerification: "required" }) });
  }
  const { loginId, email, name } = requireOwnLogin(ctx.actor);
  const known = await ctx.db.select().from(passkeys).where(eq(passkeys.loginId, loginId)).limit(MOST_PASSKEYS);
  const credentials = known.map(({ id }) => ({ id }));
  const proved = sessionId !== null && (await isRecentlyProved(ctx.db, { loginId, sessionId }));
  if (purpose === "add" && !proved) return refuse("proof_needed");
  const challenge = bytes(await makeChallenge(ctx.db, { purpose, loginId }));
  if (purpose === "confirm") {
    const options = await generateAuthenticationOptions({
      ...{ rpID, challenge, allowCredentials: credentials, userVerification: "required" },
    });
    return ok({ options });
  }
  const options = await generateRegistrationOptions({
    ...{
      rpName: biller,
      rpID,
      challenge,
      userName: email,
      userDisplayName: name,
      userID: new Uint8Array(Buffer.from(loginId)),
    },
    ...{ attestationType: "none", excludeCredentials: credentials },
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  return ok({ options });
}

/** Nobody has more devices than this; the list of a page and of an offer ends here. */
export const MOST_PASSKEYS = 20;

const bytes = (challenge: string) => new Uint8Array(Buffer.from(challenge, "base64url"));
