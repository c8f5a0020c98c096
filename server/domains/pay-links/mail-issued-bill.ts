import { money } from "#app/contracts/money.ts";
import { withTransaction } from "#db/transaction.ts";
import { getAccount } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { getBillById, listLines, markBill } from "#server/domains/invoices/index.ts";
import { mailMoney, queueMail } from "#server/domains/notifications/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { unsignedPayPath } from "#server/platform/pay-link-path.ts";

import { makeLink } from "./make-links.ts";

/**
 * Tells the address on file of a new bill, with the link that opens and pays it. Once per bill, however often it is
 * called. Nobody is told of a bill that asks for nothing, nor who gets bills on paper or has no address on file.
 */
export async function mailIssuedBill({
  ctx,
  input: { accountId, invoiceId },
}: {
  ctx: Ctx;
  input: { accountId: string; invoiceId: string };
}): Promise<void> {
  const account = await getAccount(ctx.db, accountId);
  const { email } = account;
  if (email === null || account.delivery === "paper" || account.quarantinedAt !== null) return;
  const today = todayIn(account.zone, ctx.now);
  await withTransaction(ctx.db, async (tx) => {
    const bill = await getBillById(tx, { accountId, invoiceId, today });
    if (bill.payableMinor <= 0n) return;
    // Nobody is billed for being late without being told for what.
    const [line] = bill.kind === "late_fee" ? await listLines(tx, invoiceId) : [];
    const link = await makeLink({ ctx, tx }, { bill, today });
    await markBill(tx, { accountId, invoiceId, as: "sent", at: ctx.now });
    await queueMail(tx, {
      ...{ kind: "bill_issued", to: email, accountId, dedupeKey: `bill_issued:${invoiceId}` },
      at: ctx.now,
      data: {
        ...{ number: bill.number, kind: bill.kind, accountNumber: account.number, path: unsignedPayPath(link.id) },
        ...{ issuedOn: bill.issuedOn, dueOn: bill.dueOn },
        amount: mailMoney(money(bill.payableMinor, bill.currency)),
        total: mailMoney(money(bill.totalMinor, bill.currency)),
        ...(line?.explanation ? { why: line.explanation } : {}),
      },
    });
  });
}
