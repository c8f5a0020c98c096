import { withTransaction } from "#db/transaction.ts";
import { queueMail } from "#server/domains/notifications/index.ts";
import { addressKey } from "#server/platform/address-key.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { emailKey } from "./email-address.ts";
import { inEvenTime } from "./even-time.ts";
import { limitAttempts, type TooManyAttempts } from "./limits.ts";
import { CODE_MINUTES, makeCode, storeCode } from "./one-time-codes.ts";
import { findLoginByEmail } from "./rows.ts";

/**
 * Mails a one-time code to whoever has a login at this address. The answer, and the time it takes, are the same for an
 * address that nobody has and for a suspended login. Refuses after 5 requests per address and 30 per network in 15
 * minutes.
 */
export async function requestSignInCode({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { email: string; ip: string };
}): Promise<Ok<{ minutes: number }> | TooManyAttempts> {
  const limited = await limitAttempts(ctx.db, [
    { key: `code:email:${emailKey(input.email)}`, most: 5 },
    { key: `code:ip:${addressKey(input.ip)}`, most: 30 },
  ]);
  if (!limited.ok) return limited;
  return inEvenTime(async () => {
    const { code, codeHash } = await makeCode();
    const login = await findLoginByEmail(ctx.db, input.email);
    if (login && login.suspendedAt === null) {
      await withTransaction(ctx.db, async (tx) => {
        const id = await storeCode(tx, { purpose: "sign_in", email: login.email, loginId: login.id, codeHash });
        await queueMail(tx, {
          kind: "sign_in_code",
          to: login.email,
          data: { code, minutes: CODE_MINUTES },
          dedupeKey: `sign_in_code:${id}`,
        });
      });
    }
    return ok({ minutes: CODE_MINUTES });
  });
}
