import { and, asc, eq, isNull } from "drizzle-orm";

import { type DbOrTx, type Tx } from "#db/client.ts";
import { accountPeople, logins } from "#db/schema/index.ts";
import {
  type AccountMailKind,
  copyKey,
  isPlainAddress,
  keepMail,
  type MailDraft,
} from "#server/domains/notifications/index.ts";

import { type Account } from "./rows.ts";

type Addressed = Pick<Account, "id" | "email">;

/**
 * Whom what an account is told goes to: whoever paid, agreed to or filed what it is about, while they reach the account;
 * else its address on file; without one that can be written to, its people. Nobody twice. Empty: there is nobody.
 */
export async function listMailAddresses(
  db: DbOrTx,
  { id, email }: Addressed,
  doneBy: string | null = null,
): Promise<string[]> {
  const onFile = email !== null && isPlainAddress(email) ? email : null;
  if (onFile !== null && doneBy === null) return [onFile];
  const people = await db
    .select({ loginId: logins.id, email: logins.email })
    .from(accountPeople)
    .innerJoin(logins, eq(logins.id, accountPeople.loginId))
    .where(and(eq(accountPeople.accountId, id), isNull(logins.suspendedAt)))
    .orderBy(asc(accountPeople.createdAt), asc(logins.id));
  const doer = people.find(({ loginId }) => loginId === doneBy);
  if (doer) return [doer.email];
  return onFile === null ? people.map((person) => person.email) : [onFile];
}

export type AccountMail<K extends AccountMailKind> = Omit<MailDraft<K>, "to" | "accountId"> & {
  account: Addressed;
  /** Whose payment, mandate or case it is about; null where it is the account's own. */
  doneBy?: string | null;
};

/**
 * Keeps a mail for everybody who is told of it, once per key, in the transaction of what it tells; who does not want its
 * topic is left out when it is sent. Told again, it goes to nobody who came later. Among the account's news it stands once.
 */
export async function mailAccount<K extends AccountMailKind>(
  tx: Tx,
  { account, doneBy = null, ...mail }: AccountMail<K>,
): Promise<void> {
  const [first, ...others] = await listMailAddresses(tx, account, doneBy);
  if (first === undefined || !(await keepMail(tx, { ...mail, to: first, accountId: account.id }))) return;
  for (const to of others) await keepMail(tx, { ...mail, to, dedupeKey: copyKey(mail.dedupeKey, to) });
}
