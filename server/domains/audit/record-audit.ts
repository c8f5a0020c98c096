import { type DbOrTx } from "#db/client.ts";
import { auditEntries } from "#db/schema/index.ts";
import { type Actor, loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";

export type AuditDraft = {
  action: string;
  subjectKind: string;
  subjectId: string;
  accountId?: string | null;
  before?: unknown;
  after?: unknown;
  reason?: string | null;
  conversationId?: string | null;
};

/** Writes who did what, beside the change itself and in its transaction. Never edited, never deleted. */
export async function recordAudit(tx: DbOrTx, ctx: Pick<Ctx, "actor" | "requestId">, draft: AuditDraft): Promise<void> {
  await tx.insert(auditEntries).values({
    actorLoginId: loginIdOf(ctx.actor),
    actorKind: kindOf(ctx.actor),
    requestId: ctx.requestId,
    action: draft.action,
    subjectKind: draft.subjectKind,
    subjectId: draft.subjectId,
    accountId: draft.accountId ?? null,
    before: draft.before ?? null,
    after: draft.after ?? null,
    reason: draft.reason ?? null,
    conversationId: draft.conversationId ?? null,
  });
}

function kindOf(actor: Actor): "customer" | "staff" | "system" | "processor" {
  return actor.kind === "anonymous" || actor.kind === "guest" ? "customer" : actor.kind;
}
