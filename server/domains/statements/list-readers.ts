import { type DbOrTx } from "#db/client.ts";
import { type Account, listReadersOf, type Readers } from "#server/domains/accounts/index.ts";

import { wantsMonthly } from "./monthly.ts";

export type StatementReaders = Readers & { monthly: boolean };

/** Whether monthly statements are wished for, and whom they reach. Authorise before. */
export async function listReaders(db: DbOrTx, account: Pick<Account, "id" | "email">): Promise<StatementReaders> {
  const [monthly, readers] = await Promise.all([
    wantsMonthly(db, account.id),
    listReadersOf(db, { account, topic: "statement" }),
  ]);
  return { monthly, ...readers };
}
