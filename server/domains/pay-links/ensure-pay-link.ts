import { type LocalDate } from "#app/contracts/local-date.ts";
import { withTransaction } from "#db/transaction.ts";
import { getAccount } from "#server/domains/accounts/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { getBillById } from "#server/domains/invoices/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { signPayLink } from "#server/platform/pay-link-path.ts";

import { makeLink } from "./make-links.ts";
import { findCurrent, type PayLinkRow } from "./rows.ts";
import { stateOf } from "./rules.ts";

export type PayLink = {
  id: string;
  /** Where it leads, signed: whoever has it sees and pays the bill. */
  path: string;
  expiresOn: LocalDate;
};

export const toLink = ({ keyFor }: Pick<Ctx, "keyFor">, { id, expiresOn }: PayLinkRow): PayLink => ({
  ...{ id, expiresOn },
  path: `/p/${signPayLink(keyFor, id)}`,
});

/**
 * The living link of a bill, made when there is none: one per bill, whoever asks, so that mail, document and console
 * give the same address. Null when nothing of the bill is asked for. Throws not_found for whoever may not see the bill.
 */
export async function ensurePayLink({
  ctx,
  input: { accountId, invoiceId },
}: {
  ctx: Ctx;
  input: { accountId: string; invoiceId: string };
}): Promise<PayLink | null> {
  authorize(ctx.actor, "invoice.view", { accountId, invoiceIds: [invoiceId] });
  const { zone } = await getAccount(ctx.db, accountId);
  const today = todayIn(zone, ctx.now);
  const bill = await getBillById(ctx.db, { accountId, invoiceId, today });
  if (bill.payableMinor <= 0n) return null;
  const known = await findCurrent(ctx.db, invoiceId);
  if (known && stateOf(known, today) === "living") return toLink(ctx, known);
  return withTransaction(ctx.db, async (tx) => toLink(ctx, await makeLink({ ctx, tx }, { bill, today })));
}
