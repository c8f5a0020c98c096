import "./choose-half.ts";

import { openDatabase } from "#db/open-database.ts";
import { openPort } from "#server/http/open-port.ts";
import { serve, type RunningServer } from "#server/index.ts";
import { type Env, keepAppKey, loadEnv } from "#server/platform/env.ts";
import { createLogger } from "#server/platform/logger.ts";
import { type Runtime } from "#server/runtime.ts";

import { demoLines } from "#server/demo/demo-lines.ts";

import { buildIfNeeded } from "./build-if-needed.ts";
import { fillDemo } from "./fill-demo.ts";
import { refuseKnownPasswords } from "./refuse-known-passwords.ts";
import { tellDatabaseNews } from "./tell-database-news.ts";

const startedAt = performance.now();
const stopPatienceMs = 25_000;
const dev = process.argv.includes("--dev");

const say = (line: string) => process.stdout.write(`${line}\n`);

/** One sentence and the end: nothing that a person can mend needs a stack. */
function giveUp(...sentences: string[]): never {
  for (const sentence of sentences) process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

async function start(): Promise<void> {
  const reading = loadEnv();
  if (!reading.ok) giveUp(...reading.problems);
  for (const notice of reading.notices) say(notice);
  const env: Env = { ...reading.env, appKey: keepAppKey(reading.env) };
  const opened = await openPort(env.port);
  if (!opened.ok) giveUp(portSentence(opened));
  say(dev ? "Starting for development…" : "Starting…");

  const building = dev ? Promise.resolve() : build();
  // Awaited below; marked as handled so that a failing build does not end the process without its sentence.
  building.catch(() => undefined);
  const database = await openDatabase(env);
  if (database.notice) say(database.notice);
  say(`  database ready (${seconds()})`);
  await refuseKnownPasswords(env, database).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  const log = createLogger({ level: env.logLevel });
  database.supervise(tellDatabaseNews(log));
  const prepare = async (runtime: Runtime) => {
    const saySeeding = (what: string) => say(`  writing demo data: ${what}… (${seconds()})`);
    if (env.demo && (await fillDemo(runtime, saySeeding))) say(`  demo data written (${seconds()})`);
    await building;
  };
  const server = await serve({ env, log, door: opened.door, database, dev, prepare });
  stopOnSignals(server);
  sayReady(server, env);
}

async function build(): Promise<void> {
  if (await buildIfNeeded()) say(`  pages built (${seconds()})`);
}

const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;

function portSentence({ reason, port }: { reason: "taken" | "forbidden"; port: number }): string {
  if (reason === "forbidden")
    return `This user may not listen on port ${String(port)}. Choose another: PORT=3000 npm start`;
  return `Port ${String(port)} is taken by another program. Stop that one, or choose another port: PORT=${String(port + 1)} npm start`;
}

function sayReady({ url }: RunningServer, env: Env): void {
  say(`Remit is ready: ${url} (${seconds()})`);
  if (env.demo) for (const line of demoLines(Date.now())) say(`  ${line}`);
  if (!env.smtpUrl) say(`  outgoing mail: ${url}/dev/mail`);
}

function stopOnSignals(server: RunningServer): void {
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    say(`${signal}: finishing what runs…`);
    setTimeout(() => {
      giveUp("Something did not finish in time; stopped without it.");
    }, stopPatienceMs);
    server.stop().then(
      () => {
        process.exit(0);
      },
      (error: unknown) => {
        giveUp(String(error));
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

start().catch((error: unknown) => {
  giveUp(error instanceof Error ? error.message : String(error));
});
