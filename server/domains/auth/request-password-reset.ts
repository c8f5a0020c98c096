import { withTransaction } from "#db/transaction.ts";
import { queueMail } from "#server/domains/notifications/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { inEvenTime } from "./even-time.ts";
import { byEmail, byNetwork, limitAttempts, type TooManyAttempts } from "./limits.ts";
import { storeLink } from "./link-tokens.ts";
import { findLoginByEmail } from "./rows.ts";

const LINK_MINUTES = 30;

/**
 * Mails a link for a new password to whoever has a login at this address; the answer is the same for everybody else.
 * The link is built from our own address, never from what the request says its host is (TRUST S23). Refuses after 5
 * requests per address from one network, 50 in all, and 30 per network in 15 minutes.
 */
export async function requestPasswordReset({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { email: string; ip: string };
}): Promise<Ok<{ minutes: number }> | TooManyAttempts> {
  const { email, ip } = input;
  const limited = await limitAttempts(ctx.db, [
    ...byEmail("reset", { email, ip, most: 5 }),
    ...byNetwork("reset", { ip, most: 30 }),
  ]);
  if (!limited.ok) return limited;
  return inEvenTime(async () => {
    const login = await findLoginByEmail(ctx.db, input.email);
    if (login && login.suspendedAt === null) {
      await withTransaction(ctx.db, async (tx) => {
        const { id, token } = await storeLink(tx, {
          purpose: "reset",
          email: login.email,
          loginId: login.id,
          minutes: LINK_MINUTES,
        });
        await queueMail(tx, {
          kind: "reset_password",
          to: login.email,
          data: { path: `/reset/${token}`, minutes: LINK_MINUTES },
          dedupeKey: `reset_password:${id}`,
        });
      });
    }
    return ok({ minutes: LINK_MINUTES });
  });
}
