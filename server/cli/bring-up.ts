import { type OpenDatabase } from "#db/open-database.ts";
import { demoLines } from "#server/demo/demo-lines.ts";
import { type Door } from "#server/http/open-port.ts";
import { type RunningServer, serve } from "#server/index.ts";
import { type Env } from "#server/platform/env.ts";
import { createLogger } from "#server/platform/logger.ts";
import { type Runtime } from "#server/runtime.ts";

import { fillDemo } from "./fill-demo.ts";
import { refuseKnownPasswords } from "./refuse-known-passwords.ts";
import { tellDatabaseNews } from "./tell-database-news.ts";

type BringUp = {
  env: Env;
  door: Door;
  database: OpenDatabase;
  dev: boolean;
  building: Promise<void>;
  say: (line: string) => void;
  /** How long it has taken so far, for people. */
  seconds: () => string;
};

/** From an open database to the first page: demo data where they are wanted, every part wired, and what to know said. */
export async function bringUp({ env, door, database, dev, building, say, seconds }: BringUp): Promise<RunningServer> {
  await refuseKnownPasswords(env, database).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  const log = createLogger({ level: env.logLevel });
  database.supervise(tellDatabaseNews(log));
  const prepare = async (runtime: Runtime) => {
    const saySeeding = (what: string) => {
      say(`  writing demo data: ${what}… (${seconds()})`);
    };
    if (env.demo && (await fillDemo(runtime, saySeeding))) say(`  demo data written (${seconds()})`);
    await building;
  };
  const server = await serve({ env, log, door, database, dev, prepare });
  say(`Remit is ready: ${server.url} (${seconds()})`);
  if (env.demo) for (const line of demoLines(Date.now())) say(`  ${line}`);
  if (!env.smtpUrl) say(`  outgoing mail: ${server.url}/dev/mail`);
  return server;
}
