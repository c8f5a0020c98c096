import { type LocalDate } from "#app/contracts/local-date.ts";
import { type Tx } from "#db/client.ts";
import { getPolicy } from "#server/domains/business/index.ts";
import { type Bill } from "#server/domains/invoices/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { insertLinks, listCurrent, type PayLinkRow, replaceLinks } from "./rows.ts";
import { lastDayOf, stateOf } from "./rules.ts";

type InTransaction = { ctx: Pick<Ctx, "actor">; tx: Tx };
type BillOfLink = Pick<Bill, "id" | "accountId" | "dueOn">;

/**
 * A living link for each bill, in their order: the one it has, or a new one in the place of one whose days are over. The
 * same few questions whatever is found, so that time tells little. For two at the same moment both get the same.
 */
export async function makeLinks(
  { ctx, tx }: InTransaction,
  { bills, today }: { bills: readonly BillOfLink[]; today: LocalDate },
): Promise<PayLinkRow[]> {
  if (bills.length === 0) return [];
  const ids = bills.map((bill) => bill.id);
  const madeBy = loginIdOf(ctx.actor);
  const [{ body: days }, current] = await Promise.all([getPolicy(tx, "pay_links"), listCurrent(tx, ids)]);
  const living = new Set(current.filter((link) => stateOf(link, today) === "living").map((link) => link.invoiceId));
  const missing = bills.filter((bill) => !living.has(bill.id));
  if (missing.length > 0) {
    const over = current.filter((link) => !living.has(link.invoiceId)).map((link) => link.id);
    await replaceLinks(tx, over, madeBy);
    const fresh = missing.map(({ id: invoiceId, accountId, dueOn }) => ({
      ...{ accountId, invoiceId, madeBy },
      expiresOn: lastDayOf({ dueOn, today }, days),
    }));
    await insertLinks(tx, fresh);
  }
  const now = missing.length === 0 ? current : await listCurrent(tx, ids);
  return bills.map((bill) =>
    present(
      now.find((link) => link.invoiceId === bill.id),
      "a bill has a link once it was made",
    ),
  );
}

export async function makeLink(
  of: InTransaction,
  { bill, today }: { bill: BillOfLink; today: LocalDate },
): Promise<PayLinkRow> {
  const [link] = await makeLinks(of, { bills: [bill], today });
  return present(link, "one bill in, one link out");
}
