import { and, eq } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { drafts, type DraftSource } from "#db/schema/index.ts";
import { getAccount } from "#server/domains/accounts/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { cancelDraft } from "./cancel-draft.ts";

/** Cancels what a source has announced (or the one draft named of it), inside its own transaction, under the account's lock; a payment on its way goes on. */
export async function cancelDraftsOf(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { source, sourceId, reason, draftId }: { source: DraftSource; sourceId: string; reason: string; draftId?: string },
): Promise<number> {
  const rows = await tx
    .select()
    .from(drafts)
    .where(
      and(
        ...[eq(drafts.source, source), eq(drafts.sourceId, sourceId), eq(drafts.state, "announced")],
        draftId === undefined ? undefined : eq(drafts.id, draftId),
      ),
    )
    .for("update");
  for (const draft of rows) {
    const account = await getAccount(tx, draft.accountId);
    await cancelDraft({ ctx, tx }, { draft, account, reason });
  }
  return rows.length;
}
