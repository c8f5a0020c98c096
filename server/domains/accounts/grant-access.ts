import { sql } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { accountPeople, type AccountRight } from "#db/schema/index.ts";
import { appendEvent } from "#server/events/outbox.ts";

/**
 * Lets a login reach a billing account, inside the transaction of whoever decided it. Never takes a right away: one that
 * is larger already stays.
 */
export async function grantAccess(
  tx: Tx,
  { accountId, loginId, right }: { accountId: string; loginId: string; right: AccountRight },
): Promise<void> {
  await tx
    .insert(accountPeople)
    .values({ accountId, loginId, right })
    .onConflictDoUpdate({
      target: [accountPeople.accountId, accountPeople.loginId],
      set: { right: sql`greatest(${accountPeople.right}, excluded.access_right)` },
    });
  await appendEvent(tx, "account.changed", { accountId });
}
