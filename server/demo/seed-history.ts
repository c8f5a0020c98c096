import { addDays, type LocalDate } from "#app/contracts/local-date.ts";
import { currency } from "#app/contracts/currency.ts";
import { money } from "#app/contracts/money.ts";
import { withTransaction } from "#db/transaction.ts";
import { createAccounts } from "#server/domains/accounts/index.ts";
import { type IssuedInvoice, issueInvoices } from "#server/domains/invoices/index.ts";
import { recordImportedPayments } from "#server/domains/payments/index.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { bug } from "#server/platform/faults.ts";

import { type DemoBill, demoBills } from "./bills.ts";
import { pastPayments } from "./payments.ts";
import { demoAccounts } from "./people.ts";

export type DemoHistory = { accounts: Map<string, string>; bills: (DemoBill & { issued: IssuedInvoice })[] };

const USD = currency("USD");
const BATCH = 800;

/** Two years of a town's water bills, and what was paid of them up to `paidUntil`, posted in batches. */
export async function seedHistory({
  ctx,
  today,
  zone,
}: {
  ctx: Ctx;
  today: LocalDate;
  zone: string;
}): Promise<DemoHistory> {
  const drafts = demoAccounts({ count: 200, currency: USD, zone });
  const created = await createAccounts({
    ctx,
    input: { accounts: drafts.map(({ firm: _f, cycleDay: _c, pays: _p, usage: _u, since: _s, ...draft }) => draft) },
  });
  const accounts = new Map(created.value.map((account) => [account.number, account.id]));
  const idOf = (number: string) => present(accounts.get(number), "a demo account has a row");
  const bills = demoBills(drafts, today);
  const issued: DemoHistory["bills"] = [];
  for (let at = 0; at < bills.length; at += BATCH) {
    const batch = bills.slice(at, at + BATCH);
    const input = batch.map(({ account, invoice }) => ({ ...invoice, accountId: idOf(account.number) }));
    const result = await issueInvoices({ ctx, input });
    if (!result.ok) throw bug(`a demo bill was refused: ${result.reason}`);
    result.value.forEach((one, n) => issued.push({ ...present(batch[n], "one bill each"), issued: one }));
  }
  await payOld({ ctx, bills: issued, today, idOf });
  return { accounts, bills: issued };
}

async function payOld({
  ctx,
  bills,
  today,
  idOf,
}: {
  ctx: Ctx;
  bills: DemoHistory["bills"];
  today: LocalDate;
  idOf: (number: string) => string;
}): Promise<void> {
  const byKey = new Map(bills.map((bill) => [bill.invoice.idempotencyKey, bill.issued]));
  const paid = pastPayments(bills, { today, until: addDays(today, -1) });
  const items = paid.map(({ bill, paidOn, method }) => {
    const { invoiceId, totalMinor } = present(byKey.get(bill.invoice.idempotencyKey), "a paid bill was issued");
    const amount = money(totalMinor, USD);
    const key = `demo-payment:${bill.invoice.idempotencyKey}`;
    return { accountId: idOf(bill.account.number), invoiceId, paidOn, method, amount, key };
  });
  // Two halves of the town side by side: one is worked out while the database writes the other.
  const half = (first: boolean) => items.filter(({ accountId }) => halves.has(accountId) === first);
  const halves = new Set([...new Set(items.map(({ accountId }) => accountId))].filter((_, at) => at % 2 === 0));
  await Promise.all(
    [half(true), half(false)].map(async (own) => {
      for (let at = 0; at < own.length; at += BATCH) {
        await withTransaction(ctx.db, (tx) => recordImportedPayments(tx, own.slice(at, at + BATCH)));
      }
    }),
  );
}
