import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { limitAttempts, type LoginRole, spendCode, type TooManyAttempts } from "#server/domains/auth/index.ts";
import { addressKey } from "#server/platform/address-key.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { typedNumber } from "./claim-rules.ts";
import { customerLoginFor } from "./customer-login.ts";
import { grantAccess } from "./grant-access.ts";
import { findAccountByNumber } from "./queries.ts";

/** An address that nobody has: an unknown account does the same work as a known one. */
const NOBODY = "nobody@invalid";

/**
 * Takes the code that went to the address on file: whoever reads that mailbox manages the account. Makes a login for
 * that address, or adds the account to the one it has. One answer for a wrong code, a used one, an expired one and an
 * account that does not exist.
 */
export async function finishClaim({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { accountNumber: string; name: string; code: string; ip: string };
}): Promise<Ok<{ loginId: string; role: LoginRole; accountId: string }> | Refusal<"wrong_code"> | TooManyAttempts> {
  const number = typedNumber(input.accountNumber);
  const limited = await limitAttempts(ctx.db, [
    { key: `finish-claim:account:${number.toLowerCase()}`, most: 15 },
    { key: `finish-claim:ip:${addressKey(input.ip)}`, most: 50 },
  ]);
  if (!limited.ok) return limited;
  const account = await findAccountByNumber(ctx.db, number);
  const spent = await spendCode(ctx.db, {
    purpose: "claim",
    email: account?.email ?? NOBODY,
    payload: { accountId: account?.id ?? "" },
    code: input.code,
  });
  if (!account || !spent) return refuse("wrong_code");
  return withTransaction(ctx.db, async (tx) => {
    const login = await customerLoginFor(tx, { email: spent.email, name: input.name, passwordHash: null });
    if (!login) return refuse("wrong_code");
    await grantAccess(tx, { accountId: account.id, loginId: login.id, right: "manage" });
    await recordAudit(tx, ctx, {
      action: "account.claim",
      subjectKind: "login",
      subjectId: login.id,
      accountId: account.id,
    });
    return ok({ loginId: login.id, role: login.role, accountId: account.id });
  });
}
