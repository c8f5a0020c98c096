import { type RegistrationResponseJSON } from "@simplewebauthn/server";
import { count, eq } from "drizzle-orm";

import { passkeys } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { MOST_PASSKEYS } from "./offer-passkey.ts";
import { relyingParty } from "./passkey-answer.ts";
import { spendChallenge } from "./passkey-challenges.ts";
import { requireOwnLogin } from "./policy.ts";
import { isRecentlyProved, type ProofNeeded } from "./recent-proof.ts";
import { lockLogin } from "./rows.ts";
import { tellSecurityChange } from "./tell-security-change.ts";
import { loadWebauthn } from "./webauthn.ts";

/**
 * Keeps a new passkey of a person's own login; they are told by mail. Refuses without a recent proof, an answer to no
 * challenge of ours or from another address, and a device that does not verify its owner.
 */
export async function addPasskey({
  ctx,
  input: { answer, name, sessionId },
}: {
  ctx: Ctx;
  input: { answer: RegistrationResponseJSON; name: string; sessionId: string };
}): Promise<Ok<null> | ProofNeeded | Refusal<"wrong_passkey"> | Refusal<"too_many_passkeys">> {
  const { loginId } = requireOwnLogin(ctx.actor);
  if (!(await isRecentlyProved(ctx.db, { loginId, sessionId }))) return refuse("proof_needed");
  const asked = { clientData: answer.response.clientDataJSON, purpose: "add" as const, loginId };
  const { verifyRegistrationResponse } = await loadWebauthn();
  const challenge = await spendChallenge(ctx.db, asked);
  if (challenge === null) return refuse("wrong_passkey");
  const { rpID, origin } = relyingParty(ctx.publicUrl);
  const verified = await verifyRegistrationResponse({
    ...{ response: answer, expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpID },
    requireUserVerification: true,
  }).catch(() => null);
  if (!verified?.verified) return refuse("wrong_passkey");
  const { credential, credentialBackedUp: backedUp } = verified.registrationInfo;
  return withTransaction(ctx.db, async (tx) => {
    const login = await lockLogin(tx, loginId);
    const [held] = await tx.select({ held: count() }).from(passkeys).where(eq(passkeys.loginId, loginId));
    if ((held?.held ?? 0) >= MOST_PASSKEYS) return refuse("too_many_passkeys");
    const { id, counter, transports = [] } = credential;
    const publicKey = Buffer.from(credential.publicKey);
    const kept = await tx
      .insert(passkeys)
      .values({ id, loginId, publicKey, counter, transports, name: name.trim().slice(0, 80) || "Passkey", backedUp })
      .onConflictDoNothing()
      .returning({ id: passkeys.id });
    if (kept.length === 0) return refuse("wrong_passkey");
    await recordAudit(tx, ctx, { action: "login.passkey_added", subjectKind: "login", subjectId: loginId });
    await tellSecurityChange(tx, { login, what: "passkey_added" });
    return ok(null);
  });
}
