import { type Relay } from "#server/events/relay.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { concludeDraft } from "./conclude-draft.ts";
import { followCard } from "./follow-card.ts";

/** A draft follows its payment at once, also one that comes back days later, and the card it is paid from; what nobody told, the tick finds. */
export function subscribeAutopay(relay: Relay, systemCtx: (name: string) => Ctx): void {
  relay.on("payment.changed", ({ paymentId }) => concludeDraft(systemCtx("autopay"), paymentId));
  relay.on("card.changed", ({ methodId }) => followCard(systemCtx("autopay"), methodId));
  relay.on("chargeback.changed", ({ paymentId, kind }) =>
    kind === "return" ? concludeDraft(systemCtx("autopay"), paymentId) : undefined,
  );
}
