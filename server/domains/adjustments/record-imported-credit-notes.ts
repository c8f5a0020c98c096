import { v7 as uuidv7 } from "uuid";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { type Money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { credits } from "#db/schema/index.ts";
import { creditBill } from "#server/domains/invoices/index.ts";
import { startActions } from "#server/domains/ledger/index.ts";

import { noonOf, type PaidOutCreditNote, payOutImportedCreditNotes } from "./pay-out-imported-credit-notes.ts";

export type ImportedCreditNote = {
  accountId: string;
  number: string;
  /** What it takes back, tax included; positive. */
  amount: Money;
  taxMinor: bigint;
  issuedOn: LocalDate;
  /** The other system paid it out on that day. */
  paidOn: LocalDate | null;
  key: string;
};

/**
 * Books credit notes that another system gave, inside the import's transaction: revenue and tax against open credit on no
 * bill, not aged; a paid-on date pays it out of `imported`. Those already booked under their key are left as they are.
 */
export async function recordImportedCreditNotes(tx: Tx, items: readonly ImportedCreditNote[]): Promise<void> {
  const started = await startActions(
    tx,
    items.map((item) => ({
      ...{ kind: "credit_note", state: "done", accountId: item.accountId, amount: item.amount, makerLoginId: null },
      ...{ reason: "imported credit note", idempotencyKey: item.key, input: item, occurredOn: item.issuedOn },
    })),
  );
  const paidOut: PaidOutCreditNote[] = [];
  for (const [at, item] of items.entries()) {
    const start = started[at];
    if (!start?.ok || !start.fresh) continue;
    const creditId = await recordOne(tx, item, start.action.id);
    const { accountId, amount, paidOn, key } = item;
    if (paidOn !== null) paidOut.push({ accountId, creditId, amount, paidOn, key });
  }
  await payOutImportedCreditNotes(tx, paidOut);
}

async function recordOne(tx: Tx, item: ImportedCreditNote, actionId: string): Promise<string> {
  const { accountId, taxMinor, issuedOn } = item;
  const { amountMinor, currency } = item.amount;
  const creditId = uuidv7();
  await tx.insert(credits).values({
    ...{ id: creditId, accountId, number: item.number, actionId, kind: "credit_note", reason: "imported" },
    ...{ amountMinor, taxMinor, currency, occurredOn: issuedOn },
  });
  await creditBill(tx, {
    ...{ accountId, invoiceId: null, creditId, amountMinor, restKind: "credit_note" },
    step: { actionId, occurredOn: issuedOn, occurredAt: noonOf(issuedOn) },
    journal: "credit_note",
    debits: [
      { account: "revenue", amountMinor: amountMinor - taxMinor },
      { account: "tax_payable", amountMinor: taxMinor },
    ],
  });
  return creditId;
}
