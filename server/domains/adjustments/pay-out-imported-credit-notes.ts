import { type LocalDate } from "#app/contracts/local-date.ts";
import { type Money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { takeBackCredit } from "#server/domains/invoices/index.ts";
import { startActions } from "#server/domains/ledger/index.ts";

export type PaidOutCreditNote = {
  accountId: string;
  creditId: string;
  /** What is left of it; positive. */
  amount: Money;
  paidOn: LocalDate;
  /** The note's own key: a note is paid out once. */
  key: string;
};

/**
 * Books that another system paid credit notes out, inside the import's transaction: unapplied against `imported`, on the
 * day the file says. Notes already paid out are left as they are.
 */
export async function payOutImportedCreditNotes(tx: Tx, items: readonly PaidOutCreditNote[]): Promise<void> {
  const started = await startActions(
    tx,
    items.map((item) => ({
      ...{ kind: "import", state: "done", accountId: item.accountId, amount: item.amount, makerLoginId: null },
      ...{ reason: "imported credit note", idempotencyKey: `${item.key}:paid`, occurredOn: item.paidOn },
      input: { creditId: item.creditId, paidOn: item.paidOn },
    })),
  );
  for (const [at, item] of items.entries()) {
    const start = started[at];
    if (!start?.ok || !start.fresh) continue;
    const { accountId, creditId, amount, paidOn } = item;
    await takeBackCredit(tx, {
      ...{ accountId, invoiceId: null, creditId, amountMinor: amount.amountMinor, restKind: "credit_note" },
      step: { actionId: start.action.id, occurredOn: paidOn, occurredAt: noonOf(paidOn) },
      journal: "imported_credit_note_paid",
      account: "imported",
    });
  }
}

/** A file knows the day only; noon keeps that day in every zone a reader may be in. */
export const noonOf = (date: LocalDate): Date => new Date(`${date}T12:00:00Z`);
