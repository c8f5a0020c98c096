import { type Tx } from "#db/client.ts";
import { money } from "#app/contracts/money.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import { type Bill } from "#server/domains/invoices/index.ts";
import { mailMoney, queueMail } from "#server/domains/notifications/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { unsignedPayPath } from "#server/platform/pay-link-path.ts";

import { makeLinks } from "./make-links.ts";
import { type PayLinkRow } from "./rows.ts";

/** Nobody needs more of them in one mail; the oldest due come first. */
const MOST_BILLS = 20;

export type LinkedBill = { bill: Bill; link: PayLinkRow };

/** A living link for each bill that asks for something. */
export async function linkBills(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { bills, today }: { bills: readonly Bill[]; today: LocalDate },
): Promise<LinkedBill[]> {
  const asked = bills.filter(({ payableMinor }) => payableMinor > 0n).slice(0, MOST_BILLS);
  const links = await makeLinks({ ctx, tx }, { bills: asked, today });
  return links.flatMap((link, at) => {
    const bill = asked[at];
    return bill ? [{ bill, link }] : [];
  });
}

/** Mails links to the address on file, and to no other; with none on file, or nothing to pay, it says so or is not sent. */
export async function mailLinks(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { account, linked }: { account: Account; linked: readonly LinkedBill[] },
): Promise<void> {
  if (account.email === null) return;
  await queueMail(tx, {
    ...{ kind: "pay_links", to: account.email, accountId: account.id, dedupeKey: `pay_links:${ctx.requestId}` },
    data: {
      accountNumber: account.number,
      bills: linked.map(({ bill, link }) => ({
        ...{ number: bill.number, dueOn: bill.dueOn, path: unsignedPayPath(link.id) },
        amount: mailMoney(money(bill.payableMinor, bill.currency)),
      })),
    },
  });
}
