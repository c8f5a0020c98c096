import { type DbOrTx } from "#db/client.ts";
import { type Sessions, type SignedIn } from "#server/domains/auth/index.ts";
import { type Actor } from "#server/platform/actor.ts";

import { listReached } from "./queries.ts";
import { type Account } from "./rows.ts";

export type Asker = {
  actor: Actor;
  signedIn: SignedIn | null;
  /** The billing accounts that a customer reaches, as they stand now. */
  reached: ReadonlyMap<string, Account>;
};

const NONE: ReadonlyMap<string, Account> = new Map();

/** Who is asking, with the rights of this moment: the one reader that pages and sockets share. */
export async function readActor({
  db,
  sessions,
  cookieHeader,
}: {
  db: DbOrTx;
  sessions: Sessions;
  cookieHeader: string | null;
}): Promise<Asker> {
  const signedIn = await sessions.read(cookieHeader);
  if (signedIn === null) return { actor: { kind: "anonymous" }, signedIn, reached: NONE };
  const { loginId, name, email, locale, role } = signedIn;
  if (role !== "customer") {
    return { actor: { kind: "staff", loginId, name, email, locale, role }, signedIn, reached: NONE };
  }
  const rows = await listReached(db, loginId);
  const accounts = new Map(rows.map(({ account, right }) => [account.id, right]));
  const reached = new Map(rows.map(({ account }) => [account.id, account]));
  return { actor: { kind: "customer", loginId, name, email, locale, accounts }, signedIn, reached };
}
