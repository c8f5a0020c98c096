import { type AuthenticationResponseJSON } from "@simplewebauthn/server";
import { and, eq, lte, sql } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { passkeys } from "#db/schema/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { type PasskeyPurpose, spendChallenge } from "./passkey-challenges.ts";
import { loadWebauthn } from "./webauthn.ts";

/** Who we are to a passkey: our own address, never what a request says its host is. */
export function relyingParty(publicUrl: string): { rpID: string; origin: string } {
  const { hostname, origin } = new URL(publicUrl);
  return { rpID: hostname, origin };
}

type Asked = { answer: AuthenticationResponseJSON; purpose: PasskeyPurpose; loginId: string | null };

/**
 * Whose passkey has signed our challenge, with the person verified by their device; null for an unknown one, another
 * site's, one that was asked before, or a counter that runs backwards (a copied key).
 */
export async function takePasskeyAnswer(
  ctx: Pick<Ctx, "db" | "publicUrl">,
  { answer, purpose, loginId }: Asked,
): Promise<string | null> {
  const { verifyAuthenticationResponse } = await loadWebauthn();
  const challenge = await spendChallenge(ctx.db, {
    ...{ clientData: answer.response.clientDataJSON, purpose, loginId },
  });
  const [kept] = await ctx.db.select().from(passkeys).where(eq(passkeys.id, answer.id));
  if (challenge === null || !kept || (loginId !== null && kept.loginId !== loginId)) return null;
  const { rpID, origin } = relyingParty(ctx.publicUrl);
  const verified = await verifyAuthenticationResponse({
    ...{ response: answer, expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpID },
    credential: { id: kept.id, publicKey: new Uint8Array(kept.publicKey), counter: kept.counter },
    requireUserVerification: true,
  }).catch(() => null);
  if (!verified?.verified) return null;
  const { newCounter } = verified.authenticationInfo;
  return (await noteUse(ctx.db, kept.id, newCounter)) ? kept.loginId : null;
}

async function noteUse(db: DbOrTx, id: string, counter: number): Promise<boolean> {
  const noted = await db
    .update(passkeys)
    .set({ counter, lastUsedAt: sql`now()` })
    .where(and(eq(passkeys.id, id), lte(passkeys.counter, counter)))
    .returning({ id: passkeys.id });
  return noted.length > 0;
}
