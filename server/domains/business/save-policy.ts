import { policyVersions } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { type Policy, type PolicyKind, toStored } from "./policies.ts";
import { getBusiness, getPolicy, todayIn } from "./queries.ts";

/**
 * Adds a version of a policy, in force from today; the old one stays and what was decided under it keeps pointing at it.
 * Refuses without a reason, and when somebody else saved a newer version meanwhile.
 */
export async function savePolicy<K extends PolicyKind>({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { kind: K; body: Policy<K>; reason: string; expectedVersion: number };
}): Promise<Ok<{ version: number }> | Refusal<"reason_needed"> | (Refusal<"changed_meanwhile"> & { version: number })> {
  authorize(ctx.actor, "policy.edit");
  if (input.reason.trim() === "") return refuse("reason_needed");
  return withTransaction(ctx.db, async (tx) => {
    const current = await getPolicy(tx, input.kind);
    if (current.version !== input.expectedVersion) return refuse("changed_meanwhile", { version: current.version });
    const { zone } = await getBusiness(tx);
    const version = current.version + 1;
    const inserted = await tx
      .insert(policyVersions)
      .values({
        kind: input.kind,
        version,
        body: toStored(input.body),
        effectiveOn: todayIn(zone, ctx.now),
        reason: input.reason.trim(),
        createdBy: loginIdOf(ctx.actor),
      })
      .onConflictDoNothing()
      .returning({ id: policyVersions.id });
    if (inserted.length === 0) return refuse("changed_meanwhile", { version });
    await recordAudit(tx, ctx, {
      action: "policy.saved",
      subjectKind: "policy",
      subjectId: input.kind,
      before: toStored(current.body),
      after: toStored(input.body),
      reason: input.reason.trim(),
    });
    return ok({ version });
  });
}
