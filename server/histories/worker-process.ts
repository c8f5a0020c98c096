import { connect } from "#db/client.ts";
import { listStaleEvents } from "#server/domains/payments/index.ts";
import { createRelay } from "#server/events/relay.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { registerAutopay } from "#server/runtime/register-autopay.ts";
import { registerDisputes } from "#server/runtime/register-disputes.ts";
import { registerDuties } from "#server/runtime/register-duties.ts";
import { registerPayLinks } from "#server/runtime/register-pay-links.ts";
import { registerPayments } from "#server/runtime/register-payments.ts";
import { registerPlans } from "#server/runtime/register-plans.ts";
import { reachStandIn } from "#server/testing/stand-in.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { type Fate, type RoundAsked, type RoundDone, WORKER } from "./worker-protocol.ts";

/**
 * A worker as the server runs it (relay, sweep, tick), in a process of its own that may be killed at any moment. Jobs are
 * kept in memory only: what a dead worker had not done yet is found by what the next one looks for.
 */
const { url, apiBase } = JSON.parse(process.argv[2] ?? "{}") as { url: string; apiBase: string };
const { db, sql } = connect(url, { max: 6, applicationName: WORKER });
const executioner = connect(url, { max: 1, applicationName: "executioner" });
const processor = reachStandIn(apiBase);

let now = new Date(0);
const failures: string[] = [];
const log = {
  info: () => undefined,
  warn: () => undefined,
  error: (what: object) => void failures.push(JSON.stringify(what, errorsAsText)),
};
const errorsAsText = (_key: string, value: unknown): unknown =>
  value instanceof Error ? { message: value.message, cause: value.cause, stack: value.stack } : value;
const systemCtx = (): Ctx => testCtx(db, { processor, now, log });

type Task = Parameters<Parameters<typeof registerPayments>[0]["jobs"]["register"]>[1];
const tasks = new Map<string, Task>();
const waiting: { name: string; payload: object }[] = [];
const jobs = {
  register: (name: string, task: Task) => void tasks.set(name, task),
  add: (name: string, payload: object) => Promise.resolve(void waiting.push({ name, payload })),
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};
const relay = createRelay({ db, log });
const sweep = registerPayments({ db, relay, jobs, log, systemCtx });
for (const register of [registerDisputes, registerAutopay, registerPlans, registerPayLinks]) {
  register({ relay, systemCtx });
}
const tick = registerDuties({ log, systemCtx });

/** What was told and queued, to the end; also what a worker before this one had begun. */
async function workOff(): Promise<void> {
  for (const eventId of await listStaleEvents(db, 0)) waiting.push({ name: "process-event", payload: { eventId } });
  await relay.drain();
  for (let job = waiting.shift(); job; job = waiting.shift()) {
    await tasks.get(job.name)?.(systemCtx(), job.payload, 1);
    await relay.drain();
  }
}

let fated = false;

/** Counts what is written, and dies of it when its time has come. */
function live({ writes, how }: Fate): void {
  let left = writes;
  fated = true;
  sql.options.debug = (_connection: number, statement: string) => {
    if (!/^\s*(insert|update|delete|commit|select .* for update)/is.test(statement)) return;
    left -= 1;
    if (left !== 0) return;
    fated = false;
    if (how === "before") process.kill(process.pid, "SIGKILL");
    if (how === "after") setTimeout(() => process.kill(process.pid, "SIGKILL"), 1);
    if (how === "cut off") {
      void executioner.sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = ${WORKER}`.execute();
    }
  };
}

async function round(asked: RoundAsked): Promise<RoundDone> {
  now = new Date(asked.nowMs);
  if (asked.fate) live(asked.fate);
  try {
    await workOff();
    // `stop` waits for the round that runs.
    for (const repeated of [sweep, tick]) {
      repeated.wake();
      await repeated.stop();
    }
    await workOff();
  } catch (error) {
    log.error({ err: error });
  }
  return { failures: failures.splice(0), fated };
}

process.on("message", (asked: RoundAsked) => void round(asked).then((done) => process.send?.(done)));
process.on("disconnect", () => process.exit());
// Connected before it is needed, so that it strikes at once.
await executioner.sql`select 1`;
process.send?.({ failures: [], fated } satisfies RoundDone);
