import { type LocalDate } from "#app/contracts/local-date.ts";
import { type Tx } from "#db/client.ts";
import { withTransaction } from "#db/transaction.ts";
import { getAccount } from "#server/domains/accounts/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { getPolicy, todayIn } from "#server/domains/business/index.ts";
import { type Bill, getBillById } from "#server/domains/invoices/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { signPayLink } from "#server/platform/pay-link-path.ts";

import { endCurrent, findCurrent, insertLink, type PayLinkRow } from "./rows.ts";
import { lastDayOf, stateOf } from "./rules.ts";

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

/** Puts a new link in the place of one whose days are over; at the same moment for two, both get the same. */
export async function makeLink(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { bill, today }: { bill: Pick<Bill, "id" | "accountId" | "dueOn">; today: LocalDate },
): Promise<PayLinkRow> {
  const { id: invoiceId, accountId, dueOn } = bill;
  const { body: days } = await getPolicy(tx, "pay_links");
  const madeBy = loginIdOf(ctx.actor);
  const current = await findCurrent(tx, invoiceId);
  if (current && stateOf(current, today) === "living") return current;
  if (current) await endCurrent(tx, { invoiceId, endKind: "replaced", endedBy: madeBy });
  const expiresOn = lastDayOf({ dueOn, today }, days);
  const made = await insertLink(tx, { accountId, invoiceId, expiresOn, madeBy });
  return made ?? present(await findCurrent(tx, invoiceId), "a bill has a link when another could not be made");
}
