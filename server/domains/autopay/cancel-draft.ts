import { type Tx } from "#db/client.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { releaseClaimsOf } from "#server/domains/invoices/index.ts";
import { finishAction } from "#server/domains/ledger/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { type DraftRow, moveDraft } from "./rows.ts";

type Canceling = { draft: DraftRow; account: Account; reason: string };

/** Cancels a locked draft that waits for its day, inside the caller's transaction; a claim of its own gives its bills back. */
export async function cancelDraft(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { draft, account, reason }: Canceling,
): Promise<void> {
  await releaseOwnClaim({ ctx, tx }, { draft, account });
  await moveDraft(tx, { draft, to: "canceled", changes: { cancelReason: reason } });
  if (draft.actionId !== null) await finishAction(tx, draft.actionId, "refused", { canceled: reason });
}

/** A chosen date claims its bills until it is over; a plan's claim is the plan's to change. */
export async function releaseOwnClaim(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { draft, account }: { draft: DraftRow; account: Account },
): Promise<void> {
  if (draft.source !== "scheduled") return;
  const occurredOn = todayIn(account.zone, ctx.now);
  await releaseClaimsOf(tx, {
    ...{ accountId: draft.accountId, kind: "scheduled", sourceId: draft.sourceId, timeline: null },
    ...{ occurredOn, occurredAt: ctx.now },
  });
}
