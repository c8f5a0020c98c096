import { and, eq, ne, sql } from "drizzle-orm";

import { type DbOrTx, type Tx } from "#db/client.ts";
import { logins, type LoginRole, sessions } from "#db/schema/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { notFound } from "#server/platform/faults.ts";

import { emailKey } from "./email-address.ts";

export type Login = typeof logins.$inferSelect;

export async function findLoginByEmail(db: DbOrTx, email: string): Promise<Login | null> {
  const [row] = await db
    .select()
    .from(logins)
    .where(eq(logins.email, emailKey(email)))
    .limit(1);
  return row ?? null;
}

/** Locks a login for the rest of the transaction. Throws not_found. */
export async function lockLogin(tx: Tx, loginId: string): Promise<Login> {
  const [row] = await tx.select().from(logins).where(eq(logins.id, loginId)).for("update");
  if (!row) throw notFound("login");
  return row;
}

export type LoginDraft = { email: string; name: string; role: LoginRole; passwordHash: string | null };

/** A new login, or null when its address is taken: whoever comes second of two at the same moment hears it too. */
export async function insertLogin(tx: DbOrTx, draft: LoginDraft): Promise<Login | null> {
  const [row] = await tx
    .insert(logins)
    .values({ ...draft, email: emailKey(draft.email), name: draft.name.trim() })
    .onConflictDoNothing({ target: logins.email })
    .returning();
  return row ?? null;
}

type Change = Partial<Pick<Login, "role" | "passwordHash" | "email">> & { suspendedAt?: Date | null };

/**
 * Writes a change that old sessions must not survive, ends them (but `keepSessionId`), and tells the sockets after
 * commit. The version it raises outlives a session that somebody opens at the same moment.
 */
export async function changeSecurity(
  tx: DbOrTx,
  { loginId, change, keepSessionId = null }: { loginId: string; change: Change; keepSessionId?: string | null },
): Promise<void> {
  await tx
    .update(logins)
    .set({ ...change, securityVersion: sql`${logins.securityVersion} + 1` })
    .where(eq(logins.id, loginId));
  await endSessionsOf(tx, { loginId, keepSessionId });
}

/** Ends the sessions of a login, but one if it is named. */
export async function endSessionsOf(
  tx: DbOrTx,
  { loginId, keepSessionId = null }: { loginId: string; keepSessionId?: string | null },
): Promise<void> {
  const ended = await tx
    .delete(sessions)
    .where(
      keepSessionId === null
        ? eq(sessions.userId, loginId)
        : and(eq(sessions.userId, loginId), ne(sessions.id, keepSessionId)),
    )
    .returning({ id: sessions.id });
  if (keepSessionId === null) await appendEvent(tx, "login.security_changed", { loginId, sessionId: null });
  else for (const { id } of ended) await appendEvent(tx, "login.security_changed", { loginId, sessionId: id });
}
