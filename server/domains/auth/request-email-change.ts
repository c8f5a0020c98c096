import { and, eq, isNull, sql } from "drizzle-orm";

import { oneTimeCodes } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { queueMail } from "#server/domains/notifications/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { emailKey } from "./email-address.ts";
import { inEvenTime } from "./even-time.ts";
import { limitAttempts, type TooManyAttempts } from "./limits.ts";
import { storeLink } from "./link-tokens.ts";
import { requireOwnLogin } from "./policy.ts";
import { isRecentlyProved, type ProofNeeded } from "./recent-proof.ts";
import { findLoginByEmail, lockLogin } from "./rows.ts";

const LINK_MINUTES = 60;

/**
 * A person wants to sign in with another address: a link goes to the new one, and nothing changes before it is used.
 * An earlier wish stops working. An address that somebody else signs in with gets the same answer and no mail. Refuses
 * without a recent proof, the present address, and more than 5 wishes in 15 minutes.
 */
export async function requestEmailChange({
  ctx,
  input: { email, sessionId },
}: {
  ctx: Ctx;
  input: { email: string; sessionId: string };
}): Promise<Ok<{ minutes: number }> | ProofNeeded | Refusal<"email_same"> | TooManyAttempts> {
  const { loginId } = requireOwnLogin(ctx.actor);
  const limited = await limitAttempts(ctx.db, [{ key: `change-email:${loginId}`, most: 5 }]);
  if (!limited.ok) return limited;
  const wish = () =>
    withTransaction(ctx.db, async (tx) => {
      const login = await lockLogin(tx, loginId);
      if (!(await isRecentlyProved(tx, { loginId, sessionId }))) return refuse("proof_needed");
      if (emailKey(login.email) === emailKey(email)) return refuse("email_same");
      await tx
        .update(oneTimeCodes)
        .set({ consumedAt: sql`now()` })
        .where(and(eq(oneTimeCodes.loginId, loginId), isWish, isNull(oneTimeCodes.consumedAt)));
      if (!(await findLoginByEmail(tx, email))) {
        const { id, token } = await storeLink(tx, {
          ...{ purpose: "change_email", email, loginId, payload: { to: "confirm", loginId }, minutes: LINK_MINUTES },
        });
        await queueMail(tx, {
          kind: "confirm_email",
          to: email,
          data: { name: login.name, path: `/email/${token}`, minutes: LINK_MINUTES },
          dedupeKey: `confirm_email:${id}`,
        });
      }
      await recordAudit(tx, ctx, { action: "login.ask_email", subjectKind: "login", subjectId: loginId });
      return ok({ minutes: LINK_MINUTES });
    });
  return inEvenTime(wish);
}

const isWish = and(
  eq(oneTimeCodes.purpose, "change_email"),
  sql`${oneTimeCodes.payload} @> ${JSON.stringify({ to: "confirm" })}::jsonb`,
);
