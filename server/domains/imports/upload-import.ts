import { randomUUID } from "node:crypto";

import { importRuns } from "#db/schema/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { lookAtFile } from "./look-at-file.ts";

/**
 * Keeps a file to import until somebody has said what its columns mean. Refuses an empty file and one that is no CSV at
 * its beginning. Throws a fault for whoever may not import.
 */
export async function uploadImport({
  ctx,
  input: { fileName, bytes },
}: {
  ctx: Ctx;
  input: { fileName: string; bytes: Buffer };
}): Promise<Ok<{ runId: string }> | Refusal<"empty_file"> | Refusal<"not_csv">> {
  authorize(ctx.actor, "import.run");
  if (bytes.length === 0) return refuse("empty_file");
  if (lookAtFile(bytes) === null) return refuse("not_csv");
  const storageKey = `imports/${randomUUID()}.csv`;
  await ctx.files.put(storageKey, bytes);
  const [row] = await ctx.db
    .insert(importRuns)
    .values({
      fileName: fileName.slice(0, 200),
      storageKey,
      map: {},
      state: "uploaded",
      startedBy: loginIdOf(ctx.actor),
    })
    .returning({ id: importRuns.id });
  return ok({ runId: present(row, "an inserted run has a row").id });
}
