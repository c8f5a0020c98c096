import { limitAttempts, type Limited } from "#server/domains/auth/index.ts";
import { addressKey } from "#server/platform/address-key.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { type Guest } from "./open-pay-link.ts";

/**
 * Counts a guest's attempt to pay. A page that takes cards from strangers is where stolen ones are tried: 10 attempts per
 * link and 30 per network in 15 minutes are more than anybody needs who pays a bill.
 */
export const limitGuest = (ctx: Pick<Ctx, "db">, { guest, ip }: { guest: Guest; ip: string }): Promise<Limited> =>
  limitAttempts(ctx.db, [
    { key: `pay-link:${guest.linkId}`, most: 10 },
    { key: `pay-link:ip:${addressKey(ip)}`, most: 30 },
  ]);
