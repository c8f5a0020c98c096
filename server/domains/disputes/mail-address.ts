import { eq } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { logins } from "#db/schema/index.ts";
import { type Account } from "#server/domains/accounts/index.ts";

import { type DisputeRow } from "./rows.ts";

/** Who is mailed about a case: whoever filed it, else the address on file; nobody about imported ones. */
export async function addressOf(tx: Tx, dispute: DisputeRow, account: Account): Promise<string | null> {
  if (dispute.imported) return null;
  if (dispute.filedBy === null) return account.email;
  const [login] = await tx.select({ email: logins.email }).from(logins).where(eq(logins.id, dispute.filedBy));
  return login?.email ?? account.email;
}
