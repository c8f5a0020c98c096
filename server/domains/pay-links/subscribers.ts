import { type Relay } from "#server/events/relay.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { mailIssuedBill } from "./mail-issued-bill.ts";

/** A bill that is issued (not imported, not silent) is mailed with its link. */
export function subscribePayLinks(relay: Relay, systemCtx: (name: string) => Ctx): void {
  relay.on("invoice.issued", async ({ accountId, invoiceId, silent }) => {
    if (!silent) await mailIssuedBill({ ctx: systemCtx("pay links"), input: { accountId, invoiceId } });
  });
}
