import { currency, type Currency } from "#app/contracts/currency.ts";
import { money, toDecimal } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { payOutImportedCreditNotes, recordImportedCreditNotes } from "#server/domains/adjustments/index.ts";
import { type Account, createAccounts, listAccountsByNumber } from "#server/domains/accounts/index.ts";
import { issueInvoices, type NewInvoice } from "#server/domains/invoices/index.ts";
import { closeImportedDisputes, openImportedDisputes } from "#server/domains/disputes/index.ts";
import { type ImportedPayment, recordImportedPayments } from "#server/domains/payments/index.ts";
import { present } from "#server/platform/assert.ts";
import { bug } from "#server/platform/faults.ts";
import { type Ctx, within } from "#server/platform/ctx.ts";

import { findExistingBills, keyOf } from "./existing-bills.ts";
import { type BillDecision, type BillProblem, decideBill, type ExistingBill, type ImportedBill } from "./rules.ts";
import { type ImportMap } from "./map.ts";

export type Decided = { bill: ImportedBill; decision: BillDecision; existing: (ExistingBill & { id: string }) | null };

export type ImportCounts = {
  invoices: number;
  creditNotes: number;
  accounts: number;
  payments: number;
  disputes: number;
  alreadyPaid: number;
  unchanged: number;
  afterAsOf: number;
};

/** What the file changes, bill by bill, against the books as they stand now. */
export async function decideBills(
  tx: Tx | Ctx["db"],
  bills: readonly ImportedBill[],
  { map, asOf }: { map: ImportMap; asOf: Parameters<typeof decideBill>[2] },
): Promise<{ decided: Decided[]; accounts: Map<string, Account> }> {
  const accounts = await listAccountsByNumber(tx, [...new Set(bills.map((bill) => bill.accountNumber))]);
  const byNumber = new Map(accounts.map((account) => [account.number, account]));
  const existing = await findExistingBills(tx, bills);
  const decided = bills.map((bill): Decided => {
    const account = byNumber.get(bill.accountNumber);
    const known = existing.get(keyOf(bill)) ?? null;
    if (account && account.currency !== map.currency) {
      const problem: BillProblem = { code: "account_currency", line: bill.firstLine, expected: account.currency };
      return { bill, existing: known, decision: { do: "refuse", problem } };
    }
    return { bill, existing: known, decision: decideBill(bill, known, asOf) };
  });
  return { decided, accounts: byNumber };
}

/** Adds up what decisions do: the same for a dry run and for the real one. */
export function countDecisions(decided: readonly Decided[], known: ReadonlyMap<string, unknown>): ImportCounts {
  const counts: ImportCounts = {
    ...{
      invoices: 0,
      creditNotes: 0,
      accounts: 0,
      payments: 0,
      disputes: 0,
      alreadyPaid: 0,
      unchanged: 0,
      afterAsOf: 0,
    },
  };
  const fresh = new Set<string>();
  for (const { bill, decision, existing } of decided) {
    if (decision.do === "leave_out") counts.afterAsOf += 1;
    if (decision.do === "already_paid") counts.alreadyPaid += 1;
    if (decision.do === "nothing") counts.unchanged += 1;
    if (decision.do === "add_bill") counts.invoices += 1;
    if (decision.do === "add_credit_note") counts.creditNotes += 1;
    if (paymentOf({ bill, decision, existing }) !== null) counts.payments += 1;
    if (opensDispute({ bill, decision, existing })) counts.disputes += 1;
    const adds = decision.do === "add_bill" || decision.do === "add_credit_note";
    if (adds && !known.has(bill.accountNumber)) fresh.add(bill.accountNumber);
  }
  counts.accounts = fresh.size;
  return counts;
}

const opensDispute = ({ bill, decision, existing }: Decided): boolean =>
  bill.disputed &&
  bill.totalMinor > 0n &&
  decision.do !== "leave_out" &&
  decision.do !== "refuse" &&
  existing?.hasDispute !== true;

function paymentOf({ bill, decision }: Decided): { amountMinor: bigint; paidOn: ImportedBill["issuedOn"] } | null {
  if (decision.do === "pay_existing") return decision;
  if (decision.do !== "add_bill" || decision.paidOn === null || bill.totalMinor === 0n) return null;
  return { amountMinor: bill.totalMinor, paidOn: decision.paidOn };
}

/**
 * Posts one batch of bills in the transaction given: accounts, bills, disputes, payments, all dated as the file says and
 * told to nobody. Every row has a key of account and number, so a run that died goes on where it was.
 */
export async function postBills(
  { ctx, tx, map, zone }: { ctx: Ctx; tx: Tx; map: ImportMap; zone: string },
  decided: readonly Decided[],
): Promise<void> {
  const accounts = await openAccounts({ ctx, tx, map, zone }, decided);
  const invoiceIds = await issueBills({ ctx, tx, map }, { decided, accounts });
  const unit = currency(map.currency);
  const idOf = (bill: ImportedBill) => present(invoiceIds.get(keyOf(bill)), "an imported bill has a row");
  const accountOf = (bill: ImportedBill) =>
    present(accounts.get(bill.accountNumber), "an imported bill has an account").id;
  const where: Posting = { tx, unit, accountOf, idOf };
  await postCreditNotes(where, decided);
  await openImportedDisputes(
    tx,
    decided.filter(opensDispute).map(({ bill }) => ({
      ...{ accountId: accountOf(bill), invoiceId: idOf(bill) },
      ...{ amount: money(bill.totalMinor, unit), openedOn: bill.issuedOn },
    })),
  );
  await postPayments(where, decided);
  // A dispute that a later file tells of, on a bill that nothing is open of any more: it is over too.
  const over = decided.flatMap((one) => {
    const { openMinor, settledOn } = one.existing ?? {};
    return opensDispute(one) && openMinor === 0n && settledOn
      ? [{ invoiceId: idOf(one.bill), closedOn: settledOn }]
      : [];
  });
  await closeImportedDisputes(tx, over);
}

type Posting = {
  tx: Tx;
  unit: Currency;
  accountOf: (bill: ImportedBill) => string;
  idOf: (bill: ImportedBill) => string;
};

async function postCreditNotes({ tx, unit, accountOf }: Posting, decided: readonly Decided[]): Promise<void> {
  const keyed = (bill: ImportedBill) => ({ accountId: accountOf(bill), key: `import:${keyOf(bill)}` });
  await recordImportedCreditNotes(
    tx,
    decided.flatMap(({ bill, decision }) => {
      if (decision.do !== "add_credit_note") return [];
      const taxMinor = bill.lines.reduce((sum, line) => sum - line.taxMinor, 0n);
      const amount = money(-bill.totalMinor, unit);
      const { invoiceNumber: number, issuedOn } = bill;
      return [{ ...keyed(bill), number, amount, taxMinor, issuedOn, paidOn: decision.paidOn }];
    }),
  );
  await payOutImportedCreditNotes(
    tx,
    decided.flatMap(({ bill, decision, existing }) => {
      if (decision.do !== "pay_out_existing" || existing === null) return [];
      const { amountMinor, paidOn } = decision;
      return [{ ...keyed(bill), creditId: existing.id, amount: money(amountMinor, unit), paidOn }];
    }),
  );
}

/** Disputed bills are paid day by day, so that each dispute closes on the day its bill was paid. */
async function postPayments({ tx, unit, accountOf, idOf }: Posting, decided: readonly Decided[]): Promise<void> {
  const paid = decided.flatMap((one) => {
    const payment = paymentOf(one);
    if (payment === null) return [];
    const { bill, existing } = one;
    const item: ImportedPayment = {
      ...{ accountId: accountOf(bill), invoiceId: idOf(bill), paidOn: payment.paidOn },
      amount: money(payment.amountMinor, unit),
      key: `import-payment:${keyOf(bill)}:${payment.paidOn}`,
    };
    return [{ item, disputed: bill.disputed || existing?.hasDispute === true }];
  });
  await recordImportedPayments(
    tx,
    paid.filter((one) => !one.disputed).map((one) => one.item),
  );
  for (const day of new Set(paid.filter((one) => one.disputed).map((one) => one.item.paidOn))) {
    const ofDay = paid.filter((one) => one.disputed && one.item.paidOn === day).map((one) => one.item);
    await recordImportedPayments(tx, ofDay);
    await closeImportedDisputes(
      tx,
      ofDay.map(({ invoiceId }) => ({ invoiceId, closedOn: day })),
    );
  }
}

async function openAccounts(
  { ctx, tx, map, zone }: { ctx: Ctx; tx: Tx; map: ImportMap; zone: string },
  decided: readonly Decided[],
): Promise<Map<string, Account>> {
  const adding = decided.filter(({ decision }) => decision.do === "add_bill" || decision.do === "add_credit_note");
  const drafts = new Map(
    adding.map(({ bill }) => [
      bill.accountNumber,
      {
        ...{ number: bill.accountNumber, name: bill.accountName ?? bill.accountNumber, email: bill.email },
        ...{ postalCode: bill.postalCode, currency: currency(map.currency), zone, quarantinedAt: ctx.now },
        delivery: bill.delivery ?? ("electronic" as const),
      },
    ]),
  );
  await createAccounts({ ctx: within(ctx, tx), input: { accounts: [...drafts.values()] } });
  const all = await listAccountsByNumber(tx, [...new Set(decided.map(({ bill }) => bill.accountNumber))]);
  return new Map(all.map((account) => [account.number, account]));
}

async function issueBills(
  { ctx, tx, map }: { ctx: Ctx; tx: Tx; map: ImportMap },
  { decided, accounts }: { decided: readonly Decided[]; accounts: ReadonlyMap<string, Account> },
): Promise<Map<string, string>> {
  const adding = decided.filter(({ decision }) => decision.do === "add_bill");
  const unit = currency(map.currency);
  const drafts = adding.map(({ bill }): NewInvoice => {
    const account = present(accounts.get(bill.accountNumber), "an account for each bill");
    return {
      ...{ accountId: account.id, number: bill.invoiceNumber, issuedOn: bill.issuedOn, dueOn: bill.dueOn },
      lines: bill.lines.map((line) => ({
        description: line.description || `Invoice ${bill.invoiceNumber}`,
        quantity: line.quantity,
        unitPrice: line.unitPrice || toDecimal(money(line.amountMinor, unit)),
        taxMinor: line.taxMinor,
      })),
      ...{ imported: true, silent: true, idempotencyKey: `import:${keyOf(bill)}` },
    };
  });
  const issued = await issueInvoices({ ctx: within(ctx, tx), input: drafts });
  if (!issued.ok) throw bug(`an imported bill was refused after it had been checked: ${issued.reason}`);
  const ids = new Map(
    adding.map(({ bill }, at) => [keyOf(bill), present(issued.value[at], "one bill each").invoiceId]),
  );
  for (const [key, bill] of await findExistingBills(
    tx,
    decided.map(({ bill }) => bill),
  )) {
    if (bill.kind === "bill") ids.set(key, bill.id);
  }
  return ids;
}
