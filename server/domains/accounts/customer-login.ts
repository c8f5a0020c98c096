import { type Tx } from "#db/client.ts";
import { findLoginByEmail, insertLogin, type Login } from "#server/domains/auth/index.ts";

/**
 * The customer login of a proven address, made if there is none. Null for a staff login and a suspended one: neither may
 * get an account this way.
 */
export async function customerLoginFor(
  tx: Tx,
  { email, name, passwordHash }: { email: string; name: string; passwordHash: string | null },
): Promise<Login | null> {
  const made = await insertLogin(tx, { email, name, role: "customer", passwordHash });
  const login = made ?? (await findLoginByEmail(tx, email));
  return login?.role === "customer" && login.suspendedAt === null ? login : null;
}
