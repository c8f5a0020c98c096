import { and, eq, sql } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { mails } from "#db/schema/index.ts";

/** The key of the receipt that says that this plan is paid off; null where no payment of a person's own ended it. */
export async function findReceiptOfPlan(
  db: DbOrTx,
  { accountId, planId }: { accountId: string; planId: string },
): Promise<string | null> {
  const [receipt] = await db
    .select({ key: mails.dedupeKey })
    .from(mails)
    .where(
      and(eq(mails.accountId, accountId), eq(mails.kind, "receipt"), eq(sql`${mails.data}->>'paysOffPlan'`, planId)),
    )
    .limit(1);
  return receipt?.key ?? null;
}
