import { Logger, type Runner, type TaskList } from "graphile-worker";
import { type Sql } from "postgres";

import { type Ctx, type Log } from "#server/platform/ctx.ts";

import { keepLeases, type Running } from "./keep-leases.ts";
import { mendEndsOfJobs } from "./patient-ends.ts";

/**
 * Runs at least once: must be idempotent. The payload is what was queued; the task parses it. `attempt` counts from 1,
 * those included whose process died.
 */
export type Task = (ctx: Ctx, payload: unknown, attempt: number) => Promise<void>;

export type QueueOptions = {
  /** A job with the same key that has not begun yet is replaced, not doubled. */
  key?: string;
  /** Jobs of one queue run one after the other. */
  queue?: string;
  maxAttempts?: number;
};

export type Jobs = {
  /** Before `start`. A name is registered once. */
  register(name: string, task: Task): void;
  /** Never inside a money transaction: it notifies, which takes a database-wide lock at commit. */
  add(name: string, payload: object, options?: QueueOptions): Promise<void>;
  start(): Promise<void>;
  /** Lets running jobs finish. */
  stop(): Promise<void>;
};

export type JobsOptions = {
  sql: Sql;
  /** Direct, not through a pooler: the worker listens on it. */
  adminUrl: string;
  log: Log;
  makeCtx: (name: string) => Ctx;
  /** How long a claim holds that nobody renews: a worker that died, or never heard that the job is its own. */
  leaseMs?: number;
};

const concurrency = 4;
const pollMs = 1_000;
const LEASE_MS = 60_000;

/** Work outside the request: queued in the database, run here now. Nothing is ever queued into the future. */
export function createJobs({ sql, adminUrl, log, makeCtx, leaseMs = LEASE_MS }: JobsOptions): Jobs {
  const tasks: TaskList = {};
  const running = new Set<Running>();
  let runner: Runner | undefined;
  let stopLeases: (() => Promise<void>) | undefined;
  return {
    register(name, task) {
      if (tasks[name]) throw new Error(`the task ${name} is registered twice`);
      tasks[name] = async (payload, { job }) => {
        const one = { id: job.id, worker: job.locked_by ?? "" };
        running.add(one);
        try {
          await task(makeCtx(name), payload, job.attempts);
        } finally {
          running.delete(one);
        }
      };
    },
    async add(name, payload, options = {}) {
      await sql`select graphile_worker.add_job(
        ${name}, ${JSON.stringify(payload)}::text::json, queue_name => ${options.queue ?? null},
        max_attempts => ${options.maxAttempts ?? 12}, job_key => ${options.key ?? null})`;
    },
    async start() {
      const { run } = await import("graphile-worker");
      mendEndsOfJobs(log);
      runner = await run({
        connectionString: adminUrl,
        taskList: tasks,
        concurrency,
        pollInterval: pollMs,
        noHandleSignals: true,
        maxPoolSize: concurrency + 1,
        parsedCronItems: [],
        logger: quietLogger(log),
      });
      stopLeases = keepLeases({ adminUrl, log, leaseMs, running: () => [...running] });
    },
    async stop() {
      await runner?.stop();
      runner = undefined;
      await stopLeases?.();
      stopLeases = undefined;
    },
  };
}

/** Its sentences repeat an error's words, and its facts a job's payload: the error goes by `err`, which drops values. */
function quietLogger(log: Log): Logger {
  return new Logger(() => (level, message, meta) => {
    const { error } = meta ?? {};
    const told = error === undefined ? message : (message.split(/: | with error /, 1)[0] ?? "");
    if (level === "error") log.error({ err: error }, told);
    else if (level === "warning") log.warn({ err: error }, told);
  });
}
