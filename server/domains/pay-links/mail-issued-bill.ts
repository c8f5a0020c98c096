import { type LocalDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { withTransaction } from "#db/transaction.ts";
import { type DbOrTx } from "#db/client.ts";
import { getAccount, listMailAddresses, mailAccount } from "#server/domains/accounts/index.ts";
import { foreseeBill } from "#server/domains/autopay/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { type Bill, getBillById, listLines, markBill } from "#server/domains/invoices/index.ts";
import { type BillAutopay, mailMoney } from "#server/domains/notifications/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { unsignedPayPath } from "#server/platform/pay-link-path.ts";

import { makeLink } from "./make-links.ts";

/**
 * Tells an account's readers of a new bill, with the link that opens and pays it, and with what autopay will do about it.
 * Once per bill, however often it is called. Nobody is told of a bill that asks for nothing, nor who gets bills on paper;
 * where there is nobody to tell, it does not count as sent.
 */
export async function mailIssuedBill({
  ctx,
  input: { accountId, invoiceId },
}: {
  ctx: Ctx;
  input: { accountId: string; invoiceId: string };
}): Promise<void> {
  const account = await getAccount(ctx.db, accountId);
  if (account.delivery === "paper" || account.quarantinedAt !== null) return;
  if ((await listMailAddresses(ctx.db, account)).length === 0) return;
  const today = todayIn(account.zone, ctx.now);
  await withTransaction(ctx.db, async (tx) => {
    const bill = await getBillById(tx, { accountId, invoiceId, today });
    if (bill.payableMinor <= 0n) return;
    // Nobody is billed for being late without being told for what.
    const [line] = bill.kind === "late_fee" ? await listLines(tx, invoiceId) : [];
    const link = await makeLink({ ctx, tx }, { bill, today });
    await markBill(tx, { accountId, invoiceId, as: "sent", at: ctx.now });
    await mailAccount(tx, {
      ...{ kind: "bill_issued", account, dedupeKey: `bill_issued:${invoiceId}` },
      at: ctx.now,
      data: {
        ...{ number: bill.number, kind: bill.kind, accountNumber: account.number, path: unsignedPayPath(link.id) },
        ...{ issuedOn: bill.issuedOn, dueOn: bill.dueOn },
        amount: mailMoney(money(bill.payableMinor, bill.currency)),
        total: mailMoney(money(bill.totalMinor, bill.currency)),
        ...(line?.explanation ? { why: line.explanation } : {}),
        // Drafts are made of active accounts only.
        ...(account.status === "active" ? await autopayOf(tx, { bill, today }) : {}),
      },
    });
  });
}

/** Whoever has autopay is told what it does with the bill, not to pay it. */
async function autopayOf(
  db: DbOrTx,
  { bill, today }: { bill: Bill; today: LocalDate },
): Promise<{ autopay?: BillAutopay }> {
  const foreseen = await foreseeBill(db, { accountId: bill.accountId, invoiceId: bill.id, today });
  if (!foreseen) return {};
  const of = (minor: bigint) => mailMoney(money(minor, bill.currency));
  const some = (minor: bigint) => (minor > 0n ? of(minor) : null);
  const { paused, method, expiresOn, lastFailed, mostMinor, creditMinor, takes, restMinor } = foreseen;
  return {
    autopay: {
      ...{ paused, method, expiresOn, lastFailed, most: mostMinor === null ? null : of(mostMinor) },
      takes: takes.map(({ draftOn, minor, totalMinor }) => ({ on: draftOn, amount: of(minor), total: of(totalMinor) })),
      ...{ credit: some(creditMinor), rest: some(restMinor) },
    },
  };
}
