import { z } from "zod";

import { type Db } from "#db/client.ts";
import { endStoppedImport, IMPORT_TRIES, runRequestedImport } from "#server/domains/imports/index.ts";
import { type Relay } from "#server/events/relay.ts";
import { type Jobs } from "#server/integrations/queue/create-jobs.ts";

const task = "run-import";
const payloadSchema = z.object({ runId: z.uuid(), dryRun: z.boolean() });

/**
 * An import asked for on a page becomes a job after commit; one runs at a time. When its process has died as often as it
 * may, one more try only ends the run, so that somebody reads of it.
 */
export function registerImports({ db, relay, jobs }: { db: Db; relay: Relay; jobs: Jobs }): void {
  jobs.register(task, (ctx, payload, attempt) => {
    const input = payloadSchema.parse(payload);
    return attempt > IMPORT_TRIES ? endStoppedImport(ctx, input) : runRequestedImport({ ctx, db, input });
  });
  relay.on("import.requested", (request) =>
    jobs.add(task, request, { key: `${task}:${request.runId}`, queue: "imports", maxAttempts: IMPORT_TRIES + 1 }),
  );
}
