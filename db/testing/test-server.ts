import { randomBytes } from "node:crypto";

import postgres, { type Sql } from "postgres";

import { connect, type Connection } from "../client.ts";
import { connectionUrl, ensureRolesAndDatabase, roleNames, type Credentials } from "../embedded/initialise.ts";
import { startThrowAway } from "../embedded/throw-away.ts";
import { migrateDatabase } from "../migrate.ts";

/** Where a test server listens: plain data, handed from the run's set-up to its workers. */
export type TestServerAddress = { port: number; credentials: Credentials };

export type TestServer = TestServerAddress & { stop: () => Promise<void> };

/** `db` and `sql` are the application's role, which cannot alter history; `adminSql` owns the schema. */
export type TestDatabase = Omit<Connection, "close"> & {
  adminSql: Sql;
  url: string;
  adminUrl: string;
  drop: () => Promise<void>;
};

const templateName = "remit_template";

/** A throw-away server holding one migrated database, of which every test file gets a copy. */
export async function startTestServer(): Promise<TestServer> {
  const { port, credentials, stop } = await startThrowAway();
  const address = { port, credentials };
  try {
    await ensureRolesAndDatabase(port, credentials, templateName);
    const target = { ...address, database: templateName };
    await migrateDatabase(connectionUrl({ ...target, role: "owner" }), connectionUrl({ ...target, role: "app" }));
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...address, stop };
}

/** Copies the template: 20–70 ms. */
export async function copyTemplate(address: TestServerAddress): Promise<TestDatabase> {
  const database = `t_${randomBytes(8).toString("hex")}`;
  const superuser = postgres(connectionUrl({ ...address, role: "superuser", database: "postgres" }), {
    max: 1,
    onnotice: () => undefined,
  });
  await superuser.unsafe(`create database ${database} template ${templateName} owner ${roleNames.owner}`);
  const url = connectionUrl({ ...address, role: "app", database });
  const adminUrl = connectionUrl({ ...address, role: "owner", database });
  const { db, sql, close } = connect(url, { max: 10 });
  const adminSql = postgres(adminUrl, { max: 2, onnotice: () => undefined });
  const drop = async () => {
    await Promise.all([close(), adminSql.end({ timeout: 5 })]);
    await superuser.unsafe(`drop database if exists ${database} with (force)`);
    await superuser.end();
  };
  return { db, sql, adminSql, url, adminUrl, drop };
}
