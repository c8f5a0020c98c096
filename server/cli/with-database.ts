import { type Sql } from "postgres";

import { type Db } from "#db/client.ts";
import { openDatabase } from "#db/open-database.ts";
import { createFileStore } from "#server/integrations/storage/create-file-store.ts";
import { type Actor } from "#server/platform/actor.ts";
import { createKeys } from "#server/platform/app-key.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { type Env, keepAppKey, loadEnv } from "#server/platform/env.ts";
import { createLogger } from "#server/platform/logger.ts";
import { createPersistedClock } from "#server/platform/persisted-clock.ts";
import { noProcessor } from "#server/platform/processor.ts";

/** What a command-line front gets to work with: the pool and a context of the system, named after the command. */
export type CommandLine = { env: Env; db: Db; sql: Sql; ctx: Ctx };

/** A sentence for whoever typed the command; the process ends with 1 and no stack. */
export class CommandFailed extends Error {}

/** Runs a command line: its exit code is what the work answers, or 1 with a sentence on stderr. */
export async function runCommand(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

/**
 * Opens the database of this installation (starting the embedded one when nothing runs, else joining it), does the
 * work, and closes what it opened.
 */
export async function withDatabase<T>(name: string, work: (line: CommandLine) => Promise<T>): Promise<T> {
  const reading = loadEnv();
  if (!reading.ok) throw new CommandFailed(reading.problems.join("\n"));
  const { env } = reading;
  const { db, sql, close } = await openDatabase(env, { max: 4, applicationName: `remit ${name}` });
  try {
    const clock = createPersistedClock({ sql, movable: env.stripe === undefined });
    await clock.start();
    try {
      return await work({ env, db, sql, ctx: ctxOf({ env, db, name, now: clock.now() }) });
    } finally {
      clock.stop();
    }
  } finally {
    await close();
  }
}

function ctxOf({ env, db, name, now }: { env: Env; db: Db; name: string; now: Date }): Ctx {
  const actor: Actor = { kind: "system", name };
  return {
    ...{ db, actor, now, requestId: name },
    processor: noProcessor(env.stripe ? "live" : "sandbox"),
    files: createFileStore(env.uploadDir),
    log: createLogger({ level: "error" }),
    publicUrl: env.publicUrl ?? `http://localhost:${String(env.port)}`,
    keyFor: createKeys(keepAppKey(env)),
  };
}
