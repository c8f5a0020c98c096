import { type Currency } from "#app/contracts/currency.ts";
import { type Tx } from "#db/client.ts";
import { insertRows } from "#db/insert-rows.ts";
import { invoiceLines, invoices } from "#db/schema/index.ts";
import { type JournalDraft, postJournals } from "#server/domains/ledger/index.ts";
import { appendEvents } from "#server/events/outbox.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { announceMoney, chunks, writeTimeline } from "./close-sheet.ts";
import { type NewInvoice, type PricedInvoice } from "./invoice-draft.ts";
import { type TimelineEntry } from "./sheet.ts";

export type NumberedInvoice = {
  id: string;
  number: string;
  actionId: string;
  draft: NewInvoice;
  priced: PricedInvoice;
  currency: Currency;
};

/** Stores bills whose actions stand: rows, lines, timeline, journals, versions, events. */
export async function writeInvoices(tx: Tx, ctx: Ctx, bills: readonly NumberedInvoice[]): Promise<void> {
  for (const part of chunks(bills)) {
    await insertRows(tx, invoices, part.map(toRow));
    const lines = part.flatMap(({ id, priced }) =>
      priced.lines.map((line, at) => ({ invoiceId: id, position: at + 1, ...line })),
    );
    await insertRows(tx, invoiceLines, lines);
    await postJournals(
      tx,
      part.filter((bill) => bill.priced.totalMinor > 0n).map((bill) => toJournal(bill, ctx.now)),
    );
    await writeTimeline(
      tx,
      part.map((bill) => toTimeline(bill, ctx.now)),
    );
    await appendEvents(
      tx,
      part.map(({ id, draft }) => ({
        name: "invoice.issued",
        payload: {
          accountId: draft.accountId,
          invoiceId: id,
          silent: draft.silent === true || draft.imported === true,
        },
      })),
    );
  }
  if (bills.length > 0) await announceMoney(tx, [...new Set(bills.map(({ draft }) => draft.accountId))].sort());
}

const toRow = ({ id, number, actionId, draft, priced, currency }: NumberedInvoice) => ({
  id,
  accountId: draft.accountId,
  number,
  kind: draft.kind ?? "bill",
  parentId: draft.parentId ?? null,
  feeOnMinor: draft.feeOnMinor ?? null,
  actionId,
  issuedOn: draft.issuedOn,
  dueOn: draft.dueOn,
  currency,
  totalMinor: priced.totalMinor,
  taxMinor: priced.taxMinor,
  memo: draft.memo ?? null,
  imported: draft.imported ?? false,
  settledOn: priced.totalMinor === 0n ? draft.issuedOn : null,
});

function toJournal({ actionId, draft, priced, currency }: NumberedInvoice, occurredAt: Date): JournalDraft {
  const { accountId, issuedOn } = draft;
  const { totalMinor, taxMinor } = priced;
  const income = draft.kind === "late_fee" ? "late_fee_income" : "revenue";
  const entries: JournalDraft["entries"] = [
    { account: "receivable", accountId, amountMinor: totalMinor },
    { account: income, amountMinor: taxMinor - totalMinor },
    { account: "tax_payable", amountMinor: -taxMinor },
  ];
  return {
    actionId,
    kind: draft.kind === "late_fee" ? "late_fee" : "invoice_issued",
    occurredOn: issuedOn,
    occurredAt,
    currency,
    entries: entries.filter((entry) => entry.amountMinor !== 0n),
  };
}

const toTimeline = ({ id, draft, priced }: NumberedInvoice, now: Date): TimelineEntry => ({
  invoiceId: id,
  kind: "issued",
  amountMinor: priced.totalMinor,
  reference: null,
  // A bill dated back tells its own day, at noon UTC so that no zone moves it to another one.
  occurredAt: draft.imported === true || draft.silent === true ? new Date(`${draft.issuedOn}T12:00:00Z`) : now,
});
