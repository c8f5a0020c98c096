import { type Sql } from "postgres";

import { connect } from "#db/client.ts";
import { type Log } from "#server/platform/ctx.ts";

/** A job that runs in this process, and under which name its worker claimed it. */
export type Running = { id: string; worker: string };

export type LeaseOptions = {
  /** The owner's: the application's role reads no claims. */
  adminUrl: string;
  log: Log;
  /** How long a claim holds that nobody renews. */
  leaseMs: number;
  running: () => readonly Running[];
};

const BEATS_PER_LEASE = 6;

/**
 * graphile-worker holds a claim for four hours, whoever made it and whether its answer ever arrived. Here a claim is a
 * lease: the process that runs the job renews it, and what nobody renews is given back by any process. Renewing comes
 * first, and a database that has only just come back is left alone for one lease, so that nobody who still works is
 * taken for dead. Says how to stop.
 */
export function keepLeases({ adminUrl, log, leaseMs, running }: LeaseOptions): () => Promise<void> {
  const { sql, close } = connect(adminUrl, { max: 1, applicationName: "remit leases" });
  let beating: Promise<void> | undefined;
  let isTold = false;
  const beat = async () => {
    try {
      await renew(sql, running());
      const lost = await giveBack(sql, leaseMs);
      for (const { id, task } of lost) log.warn({ jobId: id, task }, "a job that nobody works on is taken again");
      isTold = false;
    } catch (error) {
      if (!isTold) log.warn({ err: error }, "the leases of jobs cannot be renewed now; it is tried again");
      isTold = true;
    }
  };
  const wake = () => {
    beating ??= beat().finally(() => (beating = undefined));
  };
  const timer = setInterval(wake, leaseMs / BEATS_PER_LEASE);
  timer.unref();
  wake();
  return async () => {
    clearInterval(timer);
    await beating;
    await close();
  };
}

async function renew(sql: Sql, running: readonly Running[]): Promise<void> {
  if (running.length === 0) return;
  await sql`
    with mine as (
      update graphile_worker._private_jobs j set locked_at = now()
      from unnest(${running.map(({ id }) => id)}::bigint[], ${running.map(({ worker }) => worker)}::text[]) r(id, worker)
      where j.id = r.id and j.locked_by = r.worker
      returning j.job_queue_id, j.locked_by
    )
    update graphile_worker._private_job_queues q set locked_at = now()
    from mine where q.id = mine.job_queue_id and q.locked_by = mine.locked_by`;
}

const giveBack = (sql: Sql, leaseMs: number) => sql<{ id: string; task: string }[]>`
  with dead as (
    select now() - make_interval(secs => ${leaseMs / 1000}) as line
  ), queues as (
    update graphile_worker._private_job_queues q set locked_at = null, locked_by = null
    from dead where q.locked_at < dead.line and pg_postmaster_start_time() < dead.line
  ), jobs as (
    update graphile_worker._private_jobs j
    set locked_at = null, locked_by = null, run_at = greatest(j.run_at, now())
    from dead where j.locked_at < dead.line and pg_postmaster_start_time() < dead.line
    returning j.id, j.task_id
  )
  select jobs.id::text, t.identifier as task from jobs join graphile_worker._private_tasks t on t.id = jobs.task_id`;
