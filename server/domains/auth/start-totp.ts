import { type Ctx } from "#server/platform/ctx.ts";

import { findPendingSecret, keepPendingSecret } from "./second-factor.ts";
import { getLogin } from "./queries.ts";
import { makeTotpSecret, totpAddress } from "./totp.ts";

/**
 * The secret an authenticator app is to be given, as text and as the address its camera reads. Asked again before the
 * first code, it is the same one. Nothing depends on it yet: `confirmTotp` makes it count. `loginId` comes from the
 * session reader, never from a form.
 */
export async function startTotp({
  ctx,
  input: { loginId, issuer },
}: {
  ctx: Ctx;
  input: { loginId: string; issuer: string };
}): Promise<{ secret: string; address: string }> {
  const { email } = await getLogin(ctx.db, loginId);
  let secret = await findPendingSecret(ctx, loginId);
  if (secret === null) {
    const made = makeTotpSecret();
    await keepPendingSecret(ctx, { loginId, secret: made });
    secret = (await findPendingSecret(ctx, loginId)) ?? made;
  }
  return { secret, address: totpAddress({ secret, email, issuer }) };
}
