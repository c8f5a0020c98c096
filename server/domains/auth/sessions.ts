import { eq, sql } from "drizzle-orm";

import { type Db } from "#db/client.ts";
import { type LoginRole, type SessionStage, sessions as sessionRows } from "#db/schema/index.ts";

import { appendEvent } from "#server/events/outbox.ts";

import { hasSecondFactor } from "./second-factor.ts";
import { createSessionLibrary, hashSessionId } from "./session-store.ts";

export type SignedIn = {
  loginId: string;
  name: string;
  email: string;
  role: LoginRole;
  locale: string;
  /** The hash that names the session in events and in the list of sessions. */
  sessionId: string;
  /** Set when the cookie must be sent again because use prolonged the session. */
  refreshedCookie: string | null;
};

/** Somebody who has proved the first factor and is nobody yet. */
export type HalfSignedIn = Pick<SignedIn, "loginId" | "name" | "email" | "role" | "sessionId"> & {
  /** Which step is left: giving the second factor, or setting one up. */
  stage: Exclude<SessionStage, "open">;
};

export type Sessions = {
  /**
   * Who the cookie belongs to; null for none, expired, unknown, suspended, or with a step of signing in left. Serves HTTP
   * and the socket handshake.
   */
  read(cookieHeader: string | null): Promise<SignedIn | null>;
  /** Whose sign-in has a step left; null for anybody else. Only the pages of those steps ask. */
  readHalf(cookieHeader: string | null): Promise<HalfSignedIn | null>;
  /**
   * After the first factor: a session as a Set-Cookie value, and the step that is left before it is anybody's. A login
   * with a second factor owes it; staff without one set it up before anything else.
   */
  begin(
    login: { loginId: string; role: LoginRole },
    from: SessionOrigin,
  ): Promise<{ cookie: string; stage: SessionStage }>;
  /** After every factor there is: a new session, as a Set-Cookie value. The one of the request, if any, is gone. */
  open(login: { loginId: string; role: LoginRole }, from: SessionOrigin): Promise<string>;
  /** Ends the session of the cookie; answers the Set-Cookie value that clears it, and whose it was. */
  close(cookieHeader: string | null): Promise<{ cookie: string; ended: SignedIn | null }>;
  deleteExpired(): Promise<void>;
};

type Read = { signedIn: SignedIn; stage: SessionStage };

export type SessionOrigin = { userAgent: string | null; ip: string | null; cookieHeader: string | null };

const HOUR_MS = 3_600_000;
/** How exactly "last used" is known: a write now and then, not one per page. */
const SEEN_EVERY_MS = 300_000;
/** However busy, a session ends: staff sign in every working day, customers once a month. */
const ABSOLUTE_MS: Record<LoginRole, number> = {
  customer: 30 * 24 * HOUR_MS,
  rep: 14 * HOUR_MS,
  supervisor: 14 * HOUR_MS,
  admin: 14 * HOUR_MS,
};

/** Long enough to find the phone, or to set an app up. */
const HALF_MS = 20 * 60_000;

/** Sessions run on real time, never on the business clock. */
export function createSessions({ db, secure }: { db: Db; secure: boolean }): Sessions {
  const lucia = createSessionLibrary({ db, secure });

  async function readAny(cookieHeader: string | null): Promise<Read | null> {
    const raw = lucia.readSessionCookie(cookieHeader ?? "");
    if (raw === null || raw.length > 100) return null;
    const { session, user } = await lucia.validateSession(raw);
    if (session === null || user.suspendedAt !== null) return null;
    if (session.absoluteExpiresAt.getTime() <= Date.now()) {
      await lucia.invalidateSession(raw);
      return null;
    }
    if (Date.now() - session.lastSeenAt.getTime() > SEEN_EVERY_MS) await noteSeen(db, raw);
    const { id: loginId, name, email, role, locale } = user;
    const refreshedCookie = session.fresh ? lucia.createSessionCookie(raw).serialize() : null;
    return {
      signedIn: { loginId, name, email, role, locale, sessionId: hashSessionId(raw), refreshedCookie },
      stage: session.stage,
    };
  }

  async function read(cookieHeader: string | null): Promise<SignedIn | null> {
    const found = await readAny(cookieHeader);
    return found?.stage === "open" ? found.signedIn : null;
  }

  async function make(
    { loginId, role, stage }: { loginId: string; role: LoginRole; stage: SessionStage },
    { userAgent, ip, cookieHeader }: SessionOrigin,
  ): Promise<string> {
    const old = lucia.readSessionCookie(cookieHeader ?? "");
    if (old !== null) await end(old, cookieHeader);
    const session = await lucia.createSession(loginId, {
      absoluteExpiresAt: new Date(Date.now() + (stage === "open" ? ABSOLUTE_MS[role] : HALF_MS)),
      lastSeenAt: new Date(),
      userAgent: userAgent?.slice(0, 300) ?? null,
      ip,
      stage,
    });
    return lucia.createSessionCookie(session.id).serialize();
  }

  /** Ends a session and, after it, its sockets. */
  async function end(raw: string, cookieHeader: string | null): Promise<SignedIn | null> {
    const ended = await read(cookieHeader);
    await lucia.invalidateSession(raw);
    if (ended) {
      const { loginId, sessionId } = ended;
      await appendEvent(db, "login.security_changed", { loginId, sessionId });
    }
    return ended;
  }

  return {
    read,
    async readHalf(cookieHeader) {
      const found = await readAny(cookieHeader);
      if (!found || found.stage === "open") return null;
      const { loginId, name, email, role, sessionId } = found.signedIn;
      return { loginId, name, email, role, sessionId, stage: found.stage };
    },
    async begin({ loginId, role }, from) {
      const owes = await hasSecondFactor(db, loginId);
      const stage = owes ? "factor" : role === "customer" ? "open" : "enrol";
      return { cookie: await make({ loginId, role, stage }, from), stage };
    },
    open: ({ loginId, role }, from) => make({ loginId, role, stage: "open" }, from),
    async close(cookieHeader) {
      const raw = lucia.readSessionCookie(cookieHeader ?? "");
      const ended = raw === null ? null : await end(raw, cookieHeader);
      return { cookie: lucia.createBlankSessionCookie().serialize(), ended };
    },
    deleteExpired: () => lucia.deleteExpiredSessions(),
  };
}

const noteSeen = (db: Db, raw: string) =>
  db
    .update(sessionRows)
    .set({ lastSeenAt: sql`now()` })
    .where(eq(sessionRows.id, hashSessionId(raw)));
