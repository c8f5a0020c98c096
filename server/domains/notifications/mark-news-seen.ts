import { lt } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { newsSeen } from "#db/schema/index.ts";

/** Notes that somebody has seen an account's news up to a mail. Never goes back. Authorise before. */
export async function markNewsSeen(
  db: DbOrTx,
  { accountId, loginId, upToId }: { accountId: string; loginId: string; upToId: string },
): Promise<void> {
  await db
    .insert(newsSeen)
    .values({ accountId, loginId, upToId })
    .onConflictDoUpdate({
      target: [newsSeen.loginId, newsSeen.accountId],
      set: { upToId },
      setWhere: lt(newsSeen.upToId, upToId),
    });
}
