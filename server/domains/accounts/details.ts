import { eq, sql } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { accounts } from "#db/schema/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { type Refusal, refuse } from "#server/platform/result.ts";

import { type Account, lockAccount } from "./rows.ts";

/** Somebody else edited the account's details, contacts or people since the form was read. */
export type ChangedMeanwhile = Refusal<"changed_meanwhile"> & { detailsVersion: number };

/** Locks the account for an edit of what its page shows, unless somebody edited it since `expectedVersion`. */
export async function lockDetails(
  tx: Tx,
  { accountId, expectedVersion }: { accountId: string; expectedVersion: number },
): Promise<{ ok: true; account: Account } | ChangedMeanwhile> {
  const account = await lockAccount(tx, accountId);
  const { detailsVersion } = account;
  return detailsVersion === expectedVersion ? { ok: true, account } : refuse("changed_meanwhile", { detailsVersion });
}

/** Raises the details' version and tells open pages. Money's version stays: a payment form need not be read again. */
export async function touchDetails(tx: Tx, accountId: string): Promise<void> {
  await tx
    .update(accounts)
    .set({ detailsVersion: sql`${accounts.detailsVersion} + 1`, updatedAt: sql`now()` })
    .where(eq(accounts.id, accountId));
  await appendEvent(tx, "account.changed", { accountId });
}
