import { asc, eq } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { accountClaimRequests, accounts } from "#db/schema/index.ts";
import { listOpenInvites } from "#server/domains/auth/index.ts";

export type OpenInvite = { id: string; email: string; name: string; right: string; createdAt: Date; expiresAt: Date };

/** Invitations to this account that nobody has accepted yet and that still work. */
export async function listInvites(db: DbOrTx, accountId: string): Promise<OpenInvite[]> {
  const rows = await listOpenInvites(db, { to: "account", accountId });
  return rows.map(({ id, email, payload, createdAt, expiresAt }) => ({
    ...{ id, email, createdAt, expiresAt },
    name: payload["name"] ?? "",
    right: payload["right"] ?? "",
  }));
}

export type ClaimRequest = {
  id: string;
  email: string;
  name: string;
  createdAt: Date;
  account: { id: string; number: string; name: string; postalCode: string | null };
};

/** Claims that wait for a check by staff, the oldest first. */
export async function listClaimRequests(db: DbOrTx, limit = 100): Promise<ClaimRequest[]> {
  return db
    .select({
      id: accountClaimRequests.id,
      email: accountClaimRequests.email,
      name: accountClaimRequests.name,
      createdAt: accountClaimRequests.createdAt,
      account: { id: accounts.id, number: accounts.number, name: accounts.name, postalCode: accounts.postalCode },
    })
    .from(accountClaimRequests)
    .innerJoin(accounts, eq(accounts.id, accountClaimRequests.accountId))
    .where(eq(accountClaimRequests.state, "open"))
    .orderBy(asc(accountClaimRequests.createdAt), asc(accountClaimRequests.id))
    .limit(limit);
}
