import { v7 as uuidv7 } from "uuid";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { type Money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { credits } from "#db/schema/index.ts";
import { creditBill, takeBackCredit } from "#server/domains/invoices/index.ts";
import { startActions } from "#server/domains/ledger/index.ts";

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
    items.flatMap((item) => {
      const common = { state: "done" as const, accountId: item.accountId, amount: item.amount, makerLoginId: null };
      const note = { ...common, kind: "credit_note" as const, reason: "imported credit note" };
      const rows = [{ ...note, idempotencyKey: item.key, input: item, occurredOn: item.issuedOn }];
      if (item.paidOn === null) return rows;
      const paid = { ...note, kind: "import" as const, idempotencyKey: `${item.key}:paid` };
      return [...rows, { ...paid, input: item, occurredOn: item.paidOn }];
    }),
  );
  const fresh = new Map(started.flatMap((s) => (s.ok && s.fresh ? [[s.action.idempotencyKey, s.action.id]] : [])));
  for (const item of items) {
    const actionId = fresh.get(item.key);
    if (actionId !== undefined) await recordOne(tx, item, { actionId, paidActionId: fresh.get(`${item.key}:paid`) });
  }
}

async function recordOne(
  tx: Tx,
  item: ImportedCreditNote,
  { actionId, paidActionId }: { actionId: string; paidActionId: string | undefined },
): Promise<void> {
  const { accountId, taxMinor, issuedOn, paidOn } = item;
  const { amountMinor, currency } = item.amount;
  const creditId = uuidv7();
  const about = { accountId, invoiceId: null, creditId, amountMinor, restKind: "credit_note" as const };
  await tx.insert(credits).values({
    ...{ id: creditId, accountId, number: item.number, actionId, kind: "credit_note", reason: "imported" },
    ...{ amountMinor, taxMinor, currency, occurredOn: issuedOn },
  });
  await creditBill(tx, {
    ...about,
    step: { actionId, occurredOn: issuedOn, occurredAt: noonOf(issuedOn) },
    journal: "credit_note",
    debits: [
      { account: "revenue", amountMinor: amountMinor - taxMinor },
      { account: "tax_payable", amountMinor: taxMinor },
    ],
  });
  if (paidOn === null || paidActionId === undefined) return;
  await takeBackCredit(tx, {
    ...about,
    step: { actionId: paidActionId, occurredOn: paidOn, occurredAt: noonOf(paidOn) },
    journal: "imported_credit_note_paid",
    account: "imported",
  });
}

const noonOf = (date: LocalDate): Date => new Date(`${date}T12:00:00Z`);
