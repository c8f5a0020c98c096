import { type DbOrTx } from "#db/client.ts";
import { type Sessions, type SignedIn } from "#server/domains/auth/index.ts";
import { type Actor } from "#server/platform/actor.ts";

import { listRightsOf } from "./queries.ts";

export type Asker = { actor: Actor; signedIn: SignedIn | null };

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
  if (signedIn === null) return { actor: { kind: "anonymous" }, signedIn };
  const { loginId, name, email, locale, role } = signedIn;
  if (role !== "customer") return { actor: { kind: "staff", loginId, name, email, locale, role }, signedIn };
  const accounts = await listRightsOf(db, loginId);
  return { actor: { kind: "customer", loginId, name, email, locale, accounts }, signedIn };
}
