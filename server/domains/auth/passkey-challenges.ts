import { randomBytes } from "node:crypto";

import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { passkeyChallenges } from "#db/schema/index.ts";

import { inMinutes } from "./one-time-codes.ts";

export type PasskeyPurpose = "sign_in" | "add" | "confirm";
type Challenge = { purpose: PasskeyPurpose; loginId: string | null };

const LIFE_MINUTES = 5;

/** What a passkey is to sign next. Those whose time is over go at the same moment. */
export async function makeChallenge(db: DbOrTx, { purpose, loginId }: Challenge): Promise<string> {
  const challenge = randomBytes(32).toString("base64url");
  await db.delete(passkeyChallenges).where(lt(passkeyChallenges.expiresAt, sql`now()`));
  await db.insert(passkeyChallenges).values({ challenge, purpose, loginId, expiresAt: inMinutes(LIFE_MINUTES) });
  return challenge;
}

/**
 * Uses up the challenge that an answer was made for: ours, for this purpose and person, and once, however often the
 * answer is sent (TRUST S24). Null for any other.
 */
export async function spendChallenge(
  db: DbOrTx,
  { clientData, purpose, loginId }: Challenge & { clientData: string },
): Promise<string | null> {
  const challenge = challengeIn(clientData);
  if (challenge === null) return null;
  const spent = await db
    .delete(passkeyChallenges)
    .where(
      and(
        eq(passkeyChallenges.challenge, challenge),
        eq(passkeyChallenges.purpose, purpose),
        loginId === null ? isNull(passkeyChallenges.loginId) : eq(passkeyChallenges.loginId, loginId),
        gt(passkeyChallenges.expiresAt, sql`now()`),
      ),
    )
    .returning({ challenge: passkeyChallenges.challenge });
  return spent[0]?.challenge ?? null;
}

/** The challenge that a browser says it was asked, from its client data (WebAuthn §5.8.1). */
function challengeIn(clientData: string): string | null {
  try {
    const said: unknown = JSON.parse(Buffer.from(clientData, "base64url").toString("utf8"));
    const challenge = typeof said === "object" && said !== null && "challenge" in said ? said.challenge : null;
    return typeof challenge === "string" && challenge.length <= 100 ? challenge : null;
  } catch {
    return null;
  }
}
