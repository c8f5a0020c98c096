import { asc, desc, eq, sql } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { accountPeople, type AccountRight, contacts, logins, totpSecrets } from "#db/schema/index.ts";
import { notFound } from "#server/platform/faults.ts";

import { listInvites, type OpenInvite } from "./invite-queries.ts";
import { findAccountByNumber } from "./queries.ts";
import { type Account } from "./rows.ts";

export type AccountPerson = {
  loginId: string;
  name: string;
  email: string;
  right: AccountRight;
  suspendedAt: Date | null;
  lastSignedInAt: Date | null;
  /** Signing in asks them for a second step. */
  hasFactor: boolean;
};

export type Contact = typeof contacts.$inferSelect;

/** The account of a number, as staff see it. Throws not_found. */
export async function getAccountByNumber(db: DbOrTx, number: string): Promise<Account> {
  const account = await findAccountByNumber(db, number);
  if (!account) throw notFound("account");
  return account;
}

/** Who belongs to an account: logins that reach it, invitations under way, and people to call. */
export async function getAccountPeople(
  db: DbOrTx,
  accountId: string,
): Promise<{ people: AccountPerson[]; invites: OpenInvite[]; contacts: Contact[] }> {
  const [people, invites, called] = await Promise.all([
    listPeople(db, accountId),
    listInvites(db, accountId),
    db
      .select()
      .from(contacts)
      .where(eq(contacts.accountId, accountId))
      .orderBy(desc(contacts.isPrimary), asc(contacts.name), asc(contacts.id))
      .limit(100),
  ]);
  return { people, invites, contacts: called };
}

/** An account has a handful of people; a page shows no more than this. */
const MOST_PEOPLE = 200;

function listPeople(db: DbOrTx, accountId: string): Promise<AccountPerson[]> {
  return db
    .select({
      loginId: logins.id,
      name: logins.name,
      email: logins.email,
      right: accountPeople.right,
      suspendedAt: logins.suspendedAt,
      lastSignedInAt: logins.lastSignedInAt,
      hasFactor: sql<boolean>`exists (
        select from ${totpSecrets} where ${totpSecrets.loginId} = ${logins.id} and ${totpSecrets.sealed} is not null
      )`,
    })
    .from(accountPeople)
    .innerJoin(logins, eq(logins.id, accountPeople.loginId))
    .where(eq(accountPeople.accountId, accountId))
    .orderBy(desc(accountPeople.right), asc(logins.name))
    .limit(MOST_PEOPLE);
}
