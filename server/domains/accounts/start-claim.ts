import { sql } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { accountClaimRequests } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import {
  CODE_MINUTES,
  emailKey,
  inEvenTime,
  limitAttempts,
  makeCode,
  storeCode,
  type TooManyAttempts,
} from "#server/domains/auth/index.ts";
import { isPlainAddress, queueMail } from "#server/domains/notifications/index.ts";
import { addressKey } from "#server/platform/address-key.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { postalCodeFits, typedNumber } from "./claim-rules.ts";
import { findAccountByNumber } from "./queries.ts";
import { type Account } from "./rows.ts";

export type ClaimInput = { accountNumber: string; postalCode: string; name: string; email: string; ip: string };

/**
 * Somebody says that a billing account is theirs. If number and postal code fit, a code goes to the address on file and
 * nowhere else; with none on file, staff are asked to check. The answer, and the time it takes, are the same whatever is
 * true. Refuses after 5 tries per account number and 20 per network in 15 minutes.
 */
export async function startClaim({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: ClaimInput;
}): Promise<Ok<{ minutes: number }> | TooManyAttempts> {
  const limited = await limitAttempts(ctx.db, [
    { key: `claim:account:${typedNumber(input.accountNumber).toLowerCase()}`, most: 5 },
    { key: `claim:ip:${addressKey(input.ip)}`, most: 20 },
  ]);
  if (!limited.ok) return limited;
  return inEvenTime(async () => {
    const made = await makeCode();
    const account = await findAccountByNumber(ctx.db, typedNumber(input.accountNumber));
    if (account && account.status === "active" && postalCodeFits(account.postalCode, input.postalCode)) {
      await (account.email !== null && isPlainAddress(account.email)
        ? mailCode(ctx.db, { account, to: account.email, ...made })
        : askStaff(ctx.db, account.id, input));
    }
    return ok({ minutes: CODE_MINUTES });
  });
}

type CodeMail = { account: Account; to: string; code: string; codeHash: string };

async function mailCode(db: DbOrTx, { account, to, code, codeHash }: CodeMail): Promise<void> {
  await withTransaction(db, async (tx) => {
    const id = await storeCode(tx, { purpose: "claim", email: to, payload: { accountId: account.id }, codeHash });
    await queueMail(tx, {
      kind: "claim_code",
      to,
      data: { accountNumber: account.number, code, minutes: CODE_MINUTES },
      dedupeKey: `claim_code:${id}`,
      accountId: account.id,
    });
  });
}

/** One request per account and address; asking again after a refusal asks again. */
async function askStaff(db: DbOrTx, accountId: string, { email, name }: ClaimInput): Promise<void> {
  await db
    .insert(accountClaimRequests)
    .values({ accountId, email: emailKey(email), name: name.trim() })
    .onConflictDoUpdate({
      target: [accountClaimRequests.accountId, accountClaimRequests.email],
      set: { state: "open", name: name.trim(), decidedBy: null, decidedAt: null, createdAt: sql`now()` },
      setWhere: sql`${accountClaimRequests.state} = 'refused'`,
    });
}
