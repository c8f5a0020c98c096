import { and, eq, sql } from "drizzle-orm";

import { draftBills, drafts, invoices } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { cancelDraft } from "./cancel-draft.ts";
import { eachAlone } from "#server/domains/jobs/index.ts";
import { lockDraft } from "./rows.ts";

const nothingOpen = sql`not exists (
  select 1 from ${draftBills} b join ${invoices} i on i.id = b.invoice_id
  where b.draft_id = ${drafts.id} and i.open_minor > 0)`;

/** Cancels drafts whose bills were all settled another way, by hand or by a credit: nothing is left for them to take. */
export async function cancelPaidDrafts(ctx: Ctx): Promise<void> {
  const rows = await ctx.db
    .select({ id: drafts.id, accountId: drafts.accountId })
    .from(drafts)
    .where(and(eq(drafts.state, "announced"), nothingOpen));
  await eachAlone(rows, ({ id, accountId }) =>
    withTransaction(ctx.db, async (tx) => {
      const account = await lockAccount(tx, accountId);
      const draft = await lockDraft(tx, id);
      if (draft?.state === "announced") await cancelDraft({ ctx, tx }, { draft, account, reason: "paid" });
    }),
  );
}
