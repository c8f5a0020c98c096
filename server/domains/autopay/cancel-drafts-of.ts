import { and, eq, sql } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { draftBills, drafts, type DraftSource, invoices } from "#db/schema/index.ts";
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

/** A payment by hand, or a credit, has settled every bill that these drafts named: nothing is left for them to take. */
export async function cancelPaidDrafts({ ctx, tx }: { ctx: Ctx; tx: Tx }, accountId: string): Promise<void> {
  const account = await getAccount(tx, accountId);
  const nothingOpen = sql`not exists (
    select 1 from ${draftBills} b join ${invoices} i on i.id = b.invoice_id
    where b.draft_id = ${drafts.id} and i.open_minor > 0)`;
  const rows = await tx
    .select()
    .from(drafts)
    .where(and(eq(drafts.accountId, accountId), eq(drafts.state, "announced"), nothingOpen))
    .for("update");
  for (const draft of rows) await cancelDraft({ ctx, tx }, { draft, account, reason: "paid" });
}
