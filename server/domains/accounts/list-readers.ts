import { type DbOrTx } from "#db/client.ts";
import { type MailTopic, readTopicsOff } from "#server/domains/notifications/index.ts";

import { listMailAddresses } from "./mail-account.ts";
import { type Account } from "./rows.ts";

/** Who gets an account's mails of a topic, and who would but has switched it off. Both empty: nobody could. */
export type Readers = { to: string[]; off: string[] };

/** Whom the account's own mails of a topic reach; what is about somebody's payment or case goes to them. Authorise before. */
export async function listReadersOf(
  db: DbOrTx,
  { account, topic }: { account: Pick<Account, "id" | "email">; topic: MailTopic },
): Promise<Readers> {
  const readers: Readers = { to: [], off: [] };
  for (const address of await listMailAddresses(db, account)) {
    const off = await readTopicsOff(db, address);
    readers[off.includes(topic) ? "off" : "to"].push(address);
  }
  return readers;
}
