import { randomBytes } from "node:crypto";

import { withTransaction } from "#db/transaction.ts";
import { queueMail } from "#server/domains/notifications/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { inEvenTime } from "./even-time.ts";
import { byEmail, byNetwork, limitAttempts, type TooManyAttempts } from "./limits.ts";
import { CODE_MINUTES, makeCode, requestPayload, storeCode } from "./one-time-codes.ts";
import { findLoginByEmail } from "./rows.ts";

/**
 * Mails a one-time code to whoever has a login at this address. It works together with `request`, which only the page it
 * was asked from knows: nobody else's asking or guessing uses it up. The answer, and the time it takes, are the same for an
 * address that nobody has and for a suspended login. Refuses after 5 requests per address from one network, 50 in all, and 30
 * per network in 15 minutes.
 */
export async function requestSignInCode({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { email: string; ip: string };
}): Promise<Ok<{ minutes: number; request: string }> | TooManyAttempts> {
  const { email, ip } = input;
  const limited = await limitAttempts(ctx.db, [
    ...byEmail("code", { email, ip, most: 5 }),
    ...byNetwork("code", { ip, most: 30 }),
  ]);
  if (!limited.ok) return limited;
  return inEvenTime(async () => {
    const { code, codeHash } = await makeCode();
    const request = randomBytes(16).toString("base64url");
    const login = await findLoginByEmail(ctx.db, input.email);
    if (login && login.suspendedAt === null) {
      await withTransaction(ctx.db, async (tx) => {
        const payload = requestPayload(request);
        const id = await storeCode(tx, {
          purpose: "sign_in",
          email: login.email,
          loginId: login.id,
          payload,
          codeHash,
        });
        await queueMail(tx, {
          kind: "sign_in_code",
          to: login.email,
          data: { code, minutes: CODE_MINUTES },
          dedupeKey: `sign_in_code:${id}`,
        });
      });
    }
    return ok({ minutes: CODE_MINUTES, request });
  });
}
