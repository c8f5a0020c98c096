import { and, asc, desc, eq, gt, isNull, ne, sql } from "drizzle-orm";

import { type DbOrTx, type Tx } from "#db/client.ts";
import { logins, oneTimeCodes, passkeys, sessions, totpSecrets } from "#db/schema/index.ts";
import { notFound } from "#server/platform/faults.ts";

import { type Login } from "./rows.ts";

/** What people may see of a login: everything but its password. */
export type LoginFacts = Omit<Login, "passwordHash"> & { hasPassword: boolean; hasFactor: boolean };

const facts = {
  id: logins.id,
  email: logins.email,
  name: logins.name,
  role: logins.role,
  locale: logins.locale,
  suspendedAt: logins.suspendedAt,
  securityVersion: logins.securityVersion,
  createdAt: logins.createdAt,
  lastSignedInAt: logins.lastSignedInAt,
  hasPassword: sql<boolean>`${logins.passwordHash} is not null`,
  hasFactor: sql<boolean>`exists (
    select from ${totpSecrets} where ${totpSecrets.loginId} = ${logins.id} and ${totpSecrets.sealed} is not null
  )`,
};

/** Throws not_found for an unknown id. */
export async function getLogin(db: DbOrTx, loginId: string): Promise<LoginFacts> {
  const [row] = await db.select(facts).from(logins).where(eq(logins.id, loginId)).limit(1);
  if (!row) throw notFound("login");
  return row;
}

/** Everybody who works here, by name. */
export async function listStaff(db: DbOrTx): Promise<LoginFacts[]> {
  return db.select(facts).from(logins).where(ne(logins.role, "customer")).orderBy(asc(logins.name)).limit(500);
}

export type OpenInvite = {
  id: string;
  email: string;
  payload: Record<string, string>;
  createdAt: Date;
  expiresAt: Date;
};

/** Invitations about this (a part of their payload) that nobody has accepted yet and that still work, newest first. */
export async function listOpenInvites(db: DbOrTx, about: Record<string, string>): Promise<OpenInvite[]> {
  return db
    .select({
      id: oneTimeCodes.id,
      email: oneTimeCodes.email,
      payload: oneTimeCodes.payload,
      createdAt: oneTimeCodes.createdAt,
      expiresAt: oneTimeCodes.expiresAt,
    })
    .from(oneTimeCodes)
    .where(
      and(
        eq(oneTimeCodes.purpose, "invite"),
        sql`${oneTimeCodes.payload} @> ${JSON.stringify(about)}::jsonb`,
        isNull(oneTimeCodes.consumedAt),
        gt(oneTimeCodes.expiresAt, sql`now()`),
      ),
    )
    .orderBy(desc(oneTimeCodes.createdAt))
    .limit(100);
}

export type StaffInvite = { id: string; email: string; name: string; role: string; expiresAt: Date };

/** Invitations to join the staff that are still open. */
export async function listStaffInvites(db: DbOrTx): Promise<StaffInvite[]> {
  const rows = await listOpenInvites(db, { to: "staff" });
  return rows.map(({ id, email, payload, expiresAt }) => ({
    ...{ id, email, expiresAt },
    name: payload["name"] ?? "",
    role: payload["role"] ?? "",
  }));
}

export type OpenSession = {
  id: string;
  createdAt: Date;
  lastSeenAt: Date;
  userAgent: string | null;
  ip: string | null;
};

/** Where a person is signed in, the newest first. */
export async function listSessions(db: DbOrTx, loginId: string): Promise<OpenSession[]> {
  return db
    .select({
      id: sessions.id,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      userAgent: sessions.userAgent,
      ip: sessions.ip,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, loginId), eq(sessions.stage, "open"), gt(sessions.expiresAt, sql`now()`)))
    .orderBy(desc(sessions.createdAt))
    .limit(100);
}

/**
 * Whether another admin can still sign in. Locks all admins, in order, so that two of them who remove each other at the
 * same moment wait for one another.
 */
export async function otherAdminsStay(tx: Tx, loginId: string): Promise<boolean> {
  const admins = await tx
    .select({ id: logins.id, suspendedAt: logins.suspendedAt })
    .from(logins)
    .where(eq(logins.role, "admin"))
    .orderBy(asc(logins.id))
    .for("update");
  return admins.some((admin) => admin.id !== loginId && admin.suspendedAt === null);
}

export type OwnPasskey = { id: string; name: string; createdAt: Date; lastUsedAt: Date | null };

/** A person's passkeys, the newest first. */
export async function listPasskeys(db: DbOrTx, loginId: string): Promise<OwnPasskey[]> {
  return db
    .select({
      id: passkeys.id,
      name: passkeys.name,
      createdAt: passkeys.createdAt,
      lastUsedAt: passkeys.lastUsedAt,
    })
    .from(passkeys)
    .where(eq(passkeys.loginId, loginId))
    .orderBy(desc(passkeys.createdAt))
    .limit(100);
}
