import { type Sql } from "postgres";

import { type BusinessClock } from "../platform/clock.ts";
import { type Work } from "./store/work.ts";

export type SandboxLog = { info(facts: object, message: string): void; error(facts: object, message: string): void };

export type SandboxOptions = {
  /** May create the schema `stripe_sandbox`, or finds it made. */
  sql: Sql;
  clock: BusinessClock;
  log: SandboxLog;
  /** Where events go, and the `whsec_…` they are signed with. The address is asked for at each delivery. */
  webhook: { url: string | (() => string); secret: string };
  /** Where `browserRouter` is mounted. */
  publicPath?: string;
  /** The origin people reach the application at; without it the one of the webhook. */
  publicUrl?: string;
  /** The loopback port of the API; 0 takes a free one. */
  port?: number;
  /** What the application does of what is due by now: asked on each day that the clock is moved through. */
  doDuties?: () => Promise<void>;
  /** Waits until the application has worked off the webhooks that it was given, and what follows from them. */
  workOff?: () => Promise<void>;
  /** The biller's time zone, which the page shows times in beside UTC. */
  zone?: () => Promise<string>;
  /** False: nothing happens by itself, only `drain()` does what is due. */
  background?: boolean;
};

export type Sandbox = {
  sql: Sql;
  clock: BusinessClock;
  log: SandboxLog;
  webhookUrl(): string;
  webhookSecret: string;
  publicPath: string;
  publicBase(): string;
  doDuties(): Promise<void>;
  workOff(): Promise<void>;
  zone(): Promise<string>;
  /** Called when something may have come up for the worker. */
  onWork: { wake(): void };
};

export function toSandbox(options: SandboxOptions): Sandbox {
  const { sql, clock, log, webhook } = options;
  const publicPath = options.publicPath ?? "/sandbox";
  const webhookUrl = () => (typeof webhook.url === "string" ? webhook.url : webhook.url());
  return {
    sql,
    clock,
    log,
    webhookUrl,
    webhookSecret: webhook.secret,
    publicPath,
    onWork: { wake: () => undefined },
    doDuties: options.doDuties ?? (() => Promise.resolve()),
    workOff: options.workOff ?? (() => Promise.resolve()),
    zone: options.zone ?? (() => Promise.resolve("UTC")),
    publicBase: () => `${options.publicUrl ?? new URL(webhookUrl()).origin}${publicPath}`.replace(/([^:])\/\//, "$1/"),
  };
}

/** Runs something as one unit of work; nobody asked for it over the API. */
export function inWork<T>(sandbox: Sandbox, run: (work: Work) => Promise<T>, nowMs?: number): Promise<T> {
  return sandbox.sql.begin((tx) =>
    run({
      tx,
      nowMs: nowMs ?? sandbox.clock.now().getTime(),
      request: { id: null, idempotencyKey: null },
      publicBase: sandbox.publicBase(),
    }),
  ) as Promise<T>;
}
