import { createHash } from "node:crypto";

import { DrizzlePostgreSQLAdapter } from "@lucia-auth/adapter-drizzle";
import { eq, sql } from "drizzle-orm";
import { type Adapter, Lucia, TimeSpan } from "lucia";

import { type Db } from "#db/client.ts";
import { keptQuery } from "#db/kept-query.ts";
import { type LoginRole, logins, sessions, type SessionStage } from "#db/schema/index.ts";

type SessionAttributes = {
  absoluteExpiresAt: Date;
  lastSeenAt: Date;
  userAgent: string | null;
  ip: string | null;
  stage: SessionStage;
};
type LoginAttributes = { email: string; name: string; role: LoginRole; locale: string; suspendedAt: Date | null };

declare module "lucia" {
  interface Register {
    Lucia: SessionLibrary;
    UserId: string;
    DatabaseSessionAttributes: SessionAttributes;
    DatabaseUserAttributes: LoginAttributes;
  }
}

export type SessionLibrary = Lucia<SessionAttributes, LoginAttributes>;

/** A session that nobody uses for this long ends; use prolongs it up to its absolute end. */
const IDLE = new TimeSpan(7, "d");

/** What the table keeps of a session id: useless to whoever steals the table. */
export const hashSessionId = (sessionId: string): string => createHash("sha256").update(sessionId).digest("hex");

/**
 * Lucia, with its hazards closed: only hashes of ids reach the database, and the cookie is bound to our host where the
 * public address is https. Nothing outside this domain imports it.
 */
export function createSessionLibrary({ db, secure }: { db: Db; secure: boolean }): SessionLibrary {
  return new Lucia(hashing(db, new DrizzlePostgreSQLAdapter(db, sessions, logins)), {
    sessionExpiresIn: IDLE,
    sessionCookie: {
      name: secure ? "__Host-session" : "session",
      expires: true,
      attributes: { secure, sameSite: "lax", path: "/" },
    },
    getSessionAttributes: ({ absoluteExpiresAt, lastSeenAt, userAgent, ip, stage }) => ({
      ...{ absoluteExpiresAt, lastSeenAt, userAgent, ip, stage },
    }),
    getUserAttributes: ({ email, name, role, locale, suspendedAt }) => ({ email, name, role, locale, suspendedAt }),
  });
}

const sessionNamed = keptQuery((db) =>
  db
    .select({
      session: {
        ...{ userId: sessions.userId, expiresAt: sessions.expiresAt, absoluteExpiresAt: sessions.absoluteExpiresAt },
        ...{ lastSeenAt: sessions.lastSeenAt, userAgent: sessions.userAgent, ip: sessions.ip, stage: sessions.stage },
      },
      login: {
        ...{ id: logins.id, email: logins.email, name: logins.name, role: logins.role },
        ...{ locale: logins.locale, suspendedAt: logins.suspendedAt },
      },
    })
    .from(sessions)
    .innerJoin(logins, eq(sessions.userId, logins.id))
    .where(eq(sessions.id, sql.placeholder("hash")))
    .prepare("session_named"),
);

/** The adapter, but for what each request asks. */
function hashing(db: Db, inner: Adapter): Adapter {
  return {
    async getSessionAndUser(sessionId) {
      const [row] = await sessionNamed(db).execute({ hash: hashSessionId(sessionId) });
      if (!row) return [null, null];
      const { userId, expiresAt, ...attributes } = row.session;
      const { id, ...login } = row.login;
      return [
        { id: sessionId, userId, expiresAt, attributes },
        { id, attributes: login },
      ];
    },
    getUserSessions: (loginId) => inner.getUserSessions(loginId),
    setSession: (session) => inner.setSession({ ...session, id: hashSessionId(session.id) }),
    updateSessionExpiration: (sessionId, expiresAt) =>
      inner.updateSessionExpiration(hashSessionId(sessionId), expiresAt),
    deleteSession: (sessionId) => inner.deleteSession(hashSessionId(sessionId)),
    deleteUserSessions: (loginId) => inner.deleteUserSessions(loginId),
    deleteExpiredSessions: () => inner.deleteExpiredSessions(),
  };
}
