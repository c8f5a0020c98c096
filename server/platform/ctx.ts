import { type DbOrTx } from "#db/client.ts";

import { type Actor } from "./actor.ts";
import { type KeyFor } from "./app-key.ts";
import { type Processor } from "./processor.ts";

/** The words a domain may log. No secrets, no card numbers: the logger redacts, but do not rely on it. */
export type Log = {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
};

/** Where uploaded bytes are kept. Keys are ours, never a person's file name. */
export type FileStore = {
  put(key: string, bytes: Buffer): Promise<void>;
  get(key: string): Promise<Buffer>;
  remove(key: string): Promise<void>;
};

/**
 * Everything a command may lean on, made once per request, socket event, job or command-line run from the runtime.
 * `now` is business time (see BusinessClock); `db` is the pool, or the open transaction of an outer command.
 */
export type Ctx = {
  readonly db: DbOrTx;
  readonly actor: Actor;
  readonly now: Date;
  readonly requestId: string;
  readonly processor: Processor;
  readonly files: FileStore;
  readonly log: Log;
  /** The address people reach us at, without a trailing slash: for links in mail. */
  readonly publicUrl: string;
  /** A key of our own for one purpose, derived from APP_KEY: for signing links and sealing secrets. */
  readonly keyFor: KeyFor;
};

/** The same context inside a transaction that is already open, so that a command can call another one. */
export const within = (ctx: Ctx, tx: DbOrTx): Ctx => ({ ...ctx, db: tx });
