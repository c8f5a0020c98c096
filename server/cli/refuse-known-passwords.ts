import { type OpenDatabase } from "#db/open-database.ts";
import { type Env } from "#server/platform/env.ts";

/** DEMO=0 does not take demo logins out of a database that already has them: strangers could still sign in with them. */
export async function refuseKnownPasswords(env: Env, database: OpenDatabase): Promise<void> {
  if (!env.exposure || env.allowDemo) return;
  const [found] =
    await database.sql`select from logins where email like '%@demo.test' and suspended_at is null limit 1`;
  if (!found) return;
  throw new Error(
    `${env.exposure}, and this database holds demo logins whose passwords everybody knows. ` +
      "Use an empty database (another DATA_DIR), suspend every login at demo.test, or set ALLOW_DEMO=1 if this is a demonstration.",
  );
}
