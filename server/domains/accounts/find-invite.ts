import { type DbOrTx } from "#db/client.ts";
import { findLink, findLoginByEmail } from "#server/domains/auth/index.ts";

import { getAccount } from "./queries.ts";

/** What the invitation page shows before anybody accepts. */
export type Invite =
  | { to: "staff"; email: string; name: string; role: string }
  | {
      to: "account";
      email: string;
      name: string;
      accountNumber: string;
      accountName: string;
      /** Somebody signs in with this address already: they need no name and no password. */
      hasLogin: boolean;
    };

/** What a link from an invitation's mail leads to; null when it is unknown, used, replaced or over. Changes nothing. */
export async function findInvite(db: DbOrTx, token: string): Promise<Invite | null> {
  const link = await findLink(db, { purpose: "invite", token });
  if (!link) return null;
  const { email, payload } = link;
  const name = payload["name"] ?? "";
  const accountId = payload["accountId"];
  if (payload["to"] === "staff") return { to: "staff", email, name, role: payload["role"] ?? "" };
  if (accountId === undefined) return null;
  const account = await getAccount(db, accountId);
  const hasLogin = (await findLoginByEmail(db, email)) !== null;
  return { to: "account", email, name, accountNumber: account.number, accountName: account.name, hasLogin };
}
