import { asc, eq } from "drizzle-orm";

import { type DbOrTx, type Tx } from "#db/client.ts";
import { accountPeople, logins } from "#db/schema/index.ts";

import { type Account } from "./rows.ts";

/** Where mail about what somebody did on an account goes: to that login, else to the address on file. Null: to nobody. */
export async function mailAddressOf(tx: Tx, account: Account, loginId: string | null): Promise<string | null> {
  if (loginId === null) return account.email;
  const [login] = await tx.select({ email: logins.email }).from(logins).where(eq(logins.id, loginId));
  return login?.email ?? account.email;
}

/**
 * Where what is for the whole account goes: to the address on file; without one, to the people who reach the account. Empty:
 * there is nobody to write to.
 */
export async function listMailAddresses(db: DbOrTx, { id, email }: Pick<Account, "id" | "email">): Promise<string[]> {
  if (email !== null) return [email];
  const people = await db
    .select({ email: logins.email })
    .from(accountPeople)
    .innerJoin(logins, eq(logins.id, accountPeople.loginId))
    .where(eq(accountPeople.accountId, id))
    .orderBy(asc(accountPeople.createdAt), asc(logins.id));
  return people.map((person) => person.email);
}
