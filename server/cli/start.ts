import { openDatabase } from "#db/open-database.ts";
import { openPort } from "#server/http/open-port.ts";
import type { RunningServer } from "#server/index.ts";
import { type Env, keepAppKey, loadEnv } from "#server/platform/env.ts";

import { buildIfNeeded } from "./build-if-needed.js";

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
  // What a server is made of is read while the database gets up: each has a core of its own.
  const [database, { bringUp }] = await Promise.all([openDatabase(env), import("./bring-up.ts")]);
  if (database.notice) say(database.notice);
  say(`  database ready (${seconds()})`);
  stopOnSignals(await bringUp({ env, door: opened.door, database, dev, building, say, seconds }));
}

async function build(): Promise<void> {
  if (await buildIfNeeded()) say(`  pages built (${seconds()})`);
}

/** Since the process began. */
const seconds = () => `${(performance.now() / 1000).toFixed(1)} s`;

function portSentence({ reason, port }: { reason: "taken" | "forbidden"; port: number }): string {
  if (reason === "forbidden")
    return `This user may not listen on port ${String(port)}. Choose another: PORT=3000 npm start`;
  return `Port ${String(port)} is taken by another program. Stop that one, or choose another port: PORT=${String(port + 1)} npm start`;
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
