import { v7 as uuidv7 } from "uuid";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { type Money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { insertRows } from "#db/insert-rows.ts";
import { type MethodKind, paymentBills, payments } from "#db/schema/index.ts";
import { payBillsBatch, type PayBills } from "#server/domains/invoices/index.ts";
import { startActions } from "#server/domains/ledger/index.ts";

export type ImportedPayment = {
  accountId: string;
  invoiceId: string;
  /** What is open of the bill and not in flight; positive. */
  amount: Money;
  paidOn: LocalDate;
  /** How the other system took it, where it is known. */
  method?: { kind: Exclude<MethodKind, "imported">; label: string };
  /** The same payment in another run of the same file: posted once. */
  key: string;
};

/**
 * Books payments that another system took, inside the import's transaction: receivable against `imported`, on their true
 * dates, never in clearing, without receipt or notice. Payments already booked under their key are left as they are.
 * All of one call are told as one day to the claims they displace, so disputed bills are paid day by day.
 */
export async function recordImportedPayments(tx: Tx, items: readonly ImportedPayment[]): Promise<void> {
  if (items.length === 0) return;
  const started = await startActions(
    tx,
    items.map((item) => ({
      kind: "import",
      state: "done",
      accountId: item.accountId,
      amount: item.amount,
      reason: "imported payment",
      makerLoginId: null,
      idempotencyKey: item.key,
      input: item,
      occurredOn: item.paidOn,
    })),
  );
  const rows: (typeof payments.$inferInsert & { id: string })[] = [];
  const bills: (typeof paymentBills.$inferInsert)[] = [];
  const paying: PayBills[] = [];
  items.forEach((item, at) => {
    const start = started[at];
    if (!start?.ok || !start.fresh) return;
    const id = uuidv7();
    const { accountId, invoiceId, paidOn } = item;
    const { amountMinor, currency } = item.amount;
    // The file knows the day only; noon keeps that day in every zone a reader may be in.
    const occurredAt = new Date(`${paidOn}T12:00:00Z`);
    rows.push({
      ...{ id, accountId, actionId: start.action.id, state: "settled", currency, amountMinor },
      ...{ kind: item.method?.kind ?? "imported", methodLabel: item.method?.label ?? "Imported payment" },
      ...{ capturedMinor: amountMinor, requestedAt: occurredAt },
      ...{ settledAt: occurredAt, settledOn: paidOn },
    });
    bills.push({ paymentId: id, invoiceId, position: 1, amountMinor });
    paying.push({
      ...{ paymentId: id, accountId, amountMinor, bills: [{ invoiceId, amountMinor }] },
      cash: { journal: "imported_payment", account: "imported" },
      step: { actionId: start.action.id, occurredOn: paidOn, occurredAt },
    });
  });
  if (rows.length === 0) return;
  await insertRows(tx, payments, rows);
  await insertRows(tx, paymentBills, bills);
  await payBillsBatch(tx, paying);
}
