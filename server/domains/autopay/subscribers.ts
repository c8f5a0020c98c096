import { withTransaction } from "#db/transaction.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";
import { type Relay } from "#server/events/relay.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { cancelPaidDrafts } from "./cancel-drafts-of.ts";
import { concludeDraft } from "./conclude-draft.ts";

/** A draft follows its payment, also one that comes back days later; one whose bills are all settled is cancelled. */
export function subscribeAutopay(relay: Relay, systemCtx: (name: string) => Ctx): void {
  relay.on("payment.changed", ({ paymentId }) => concludeDraft(systemCtx("autopay"), paymentId));
  relay.on("chargeback.changed", ({ paymentId, kind }) =>
    kind === "return" ? concludeDraft(systemCtx("autopay"), paymentId) : undefined,
  );
  relay.on("account.money_changed", async ({ accountId }) => {
    const ctx = systemCtx("autopay");
    await withTransaction(ctx.db, async (tx) => {
      await lockAccount(tx, accountId);
      await cancelPaidDrafts({ ctx, tx }, accountId);
    });
  });
}
