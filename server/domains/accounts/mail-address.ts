import { eq } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { logins } from "#db/schema/index.ts";

import { type Account } from "./rows.ts";

/** Where mail about what somebody did on an account goes: to that login, else to the address on file. Null: to nobody. */
export async function mailAddressOf(tx: Tx, account: Account, loginId: string | null): Promise<string | null> {
  if (loginId === null) return account.email;
  const [login] = await tx.select({ email: logins.email }).from(logins).where(eq(logins.id, loginId));
  return login?.email ?? account.email;
}
