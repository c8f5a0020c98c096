import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

import postgres from "postgres";

import { type Cluster } from "./postmaster.ts";

/** The three who may connect. The superuser makes databases and roles and is used for nothing else. */
export type Credentials = { superuser: string; owner: string; app: string };
type Role = keyof Credentials;

export const roleNames = { superuser: "postgres", owner: "remit_owner", app: "remit_app" } as const satisfies Record<
  Role,
  string
>;

/** Passwords are made once and kept beside the cluster, readable by us alone. */
export function keepCredentials(path: string): Credentials {
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8")) as Credentials;
  const password = () => randomBytes(24).toString("base64url");
  const credentials: Credentials = { superuser: password(), owner: password(), app: password() };
  const partial = `${path}.${String(process.pid)}`;
  writeFileSync(partial, JSON.stringify(credentials), { mode: 0o600 });
  renameSync(partial, path);
  return credentials;
}

/**
 * Makes the cluster beside its place and renames it there, so that a killed first run leaves nothing half made. Takes a
 * second, in which this process goes on.
 */
export async function initialiseCluster(
  cluster: Cluster,
  credentials: Credentials,
  flags: string[] = [],
): Promise<void> {
  if (existsSync(join(cluster.folder, "PG_VERSION"))) return;
  const partial = `${cluster.folder}.new`;
  const passwordFile = `${cluster.folder}.password`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(dirname(partial), { recursive: true });
  mkdirSync(partial, { mode: 0o700 });
  writeFileSync(passwordFile, credentials.superuser, { mode: 0o600 });
  const { uid, gid } = cluster.runAs;
  if (uid !== undefined) for (const path of [partial, passwordFile]) chownSync(path, uid, gid ?? uid);
  try {
    await promisify(execFile)(
      cluster.binaries.initdb,
      [
        ...["-D", partial, "--username", roleNames.superuser, "--pwfile", passwordFile, "--auth", "scram-sha-256"],
        // The builtin provider sorts the same on every machine, whatever locales it has.
        ...["--encoding", "UTF8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C"],
        ...flags,
      ],
      {
        ...cluster.runAs,
        cwd: "/",
        encoding: "utf8",
        env: { PATH: process.env["PATH"], NODE_ENV: "production", LC_ALL: "C" },
      },
    );
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(`PostgreSQL could not make its folder ${cluster.folder}: ${(stderr || message).trim()}`, {
      cause: error,
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(partial, cluster.folder);
}

export function connectionUrl(target: {
  role: Role;
  credentials: Credentials;
  port: number;
  database: string;
}): string {
  const { role, credentials, port, database } = target;
  return `postgresql://${roleNames[role]}:${credentials[role]}@127.0.0.1:${String(port)}/${database}`;
}

/** Makes owner, application role and database where they are missing. Cheap, so it runs at every start. */
export async function ensureRolesAndDatabase(port: number, credentials: Credentials, database: string): Promise<void> {
  const sql = postgres(connectionUrl({ role: "superuser", credentials, port, database: "postgres" }), {
    max: 1,
    onnotice: () => undefined,
  });
  try {
    const [state] = await sql<{ roles: string; databases: string }[]>`
      select (select count(*) from pg_roles where rolname in (${roleNames.owner}, ${roleNames.app})) as roles,
             (select count(*) from pg_database where datname = ${database}) as databases`;
    if (state?.roles !== "2") {
      for (const role of ["owner", "app"] as const) {
        await sql.unsafe(`drop role if exists ${roleNames[role]}`);
        await sql.unsafe(`create role ${roleNames[role]} login password '${credentials[role]}'`);
      }
      // Set on the role and not by the client, so that they hold behind PgBouncer too.
      await sql.unsafe(`alter role ${roleNames.app} set statement_timeout = '30s'`);
      await sql.unsafe(`alter role ${roleNames.app} set lock_timeout = '10s'`);
      await sql.unsafe(`alter role ${roleNames.app} set idle_in_transaction_session_timeout = '60s'`);
    }
    if (state?.databases !== "1") {
      await sql.unsafe(`create database ${database} owner ${roleNames.owner}`);
      await sql.unsafe(`revoke all on database ${database} from public`);
      await sql.unsafe(`grant connect, temporary on database ${database} to ${roleNames.app}`);
    }
  } finally {
    await sql.end();
  }
}
