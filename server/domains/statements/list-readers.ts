import { type DbOrTx } from "#db/client.ts";
import { type Account, listMailAddresses } from "#server/domains/accounts/index.ts";
import { readTopicsOff } from "#server/domains/notifications/index.ts";

import { wantsMonthly } from "./monthly.ts";

/** Who gets the monthly statement by mail, and who would but has switched statements off. Both empty: nobody could. */
export type StatementReaders = { monthly: boolean; to: string[]; off: string[] };

/** Whether monthly statements are wished for, and whom they reach. Authorise before. */
export async function listReaders(db: DbOrTx, account: Pick<Account, "id" | "email">): Promise<StatementReaders> {
  const [monthly, addresses] = await Promise.all([wantsMonthly(db, account.id), listMailAddresses(db, account)]);
  const readers: StatementReaders = { monthly, to: [], off: [] };
  for (const address of addresses) {
    const off = await readTopicsOff(db, address);
    readers[off.includes("statement") ? "off" : "to"].push(address);
  }
  return readers;
}
