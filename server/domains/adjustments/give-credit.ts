import { asc, eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";

import { type Tx } from "#db/client.ts";
import {
  creditLines,
  type CreditReason,
  credits,
  invoiceLines,
  invoices,
  type LedgerAccountKind,
} from "#db/schema/index.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import { creditBill, type Step, type Told } from "#server/domains/invoices/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { present } from "#server/platform/assert.ts";
import { notFound } from "#server/platform/faults.ts";
import { type Refusal, refuse } from "#server/platform/result.ts";

import { allowanceOf, type CreditableLine, leftOfLine, type LineCredit, spreadOverLines } from "./rules.ts";

export type Gift = {
  kind: "goodwill" | "credit_note";
  reason: CreditReason;
  amountMinor: bigint;
  invoiceId: string | null;
  /** Of this line only; else a credit note is spread over the bill's lines. */
  lineId: string | null;
};

export type GiftRefusal =
  | Refusal<"nothing_to_give">
  | Refusal<"bill_needed">
  | Refusal<"bill_void">
  | (Refusal<"more_than_left"> & { leftMinor: bigint });

/** A gift that may be given: with its lines and the bill it is on. */
export type PlannedGift = Gift & { billNumber: string | null; lines: LineCredit[] };

/**
 * Decides a credit without writing: a credit note names lines of a bill and takes at most what is left of them; a
 * goodwill credit may stand on no bill. Throws not_found for a bill or line that is not of this account.
 */
export async function planGift(
  tx: Tx,
  { accountId, gift }: { accountId: string; gift: Gift },
): Promise<{ ok: true; plan: PlannedGift } | GiftRefusal> {
  if (gift.amountMinor <= 0n) return refuse("nothing_to_give");
  if (gift.invoiceId === null) {
    return gift.kind === "credit_note"
      ? refuse("bill_needed")
      : { ok: true, plan: { ...gift, billNumber: null, lines: [] } };
  }
  const [bill] = await tx.select().from(invoices).where(eq(invoices.id, gift.invoiceId));
  if (!bill || bill.accountId !== accountId) throw notFound("bill");
  if (bill.status === "voided") return refuse("bill_void");
  if (gift.kind === "goodwill") return { ok: true, plan: { ...gift, billNumber: bill.number, lines: [] } };
  const lines = await listCreditable(tx, bill.id, gift.lineId);
  const spread = spreadOverLines(lines, gift.amountMinor);
  if (spread === null) {
    return refuse("more_than_left", { leftMinor: lines.reduce((sum, line) => sum + leftOfLine(line), 0n) });
  }
  return { ok: true, plan: { ...gift, billNumber: bill.number, lines: spread } };
}

async function listCreditable(tx: Tx, invoiceId: string, lineId: string | null): Promise<CreditableLine[]> {
  const rows = await tx
    .select()
    .from(invoiceLines)
    .where(eq(invoiceLines.invoiceId, invoiceId))
    .orderBy(asc(invoiceLines.position))
    .for("update");
  const lines = lineId === null ? rows : rows.filter((row) => row.id === lineId);
  if (lines.length === 0) throw notFound("line");
  return lines;
}

export type Giving = {
  account: Account;
  plan: PlannedGift;
  step: Step;
  makerLoginId: string | null;
  memo: string | null;
  /** A dispute that this decides, and what it still wants of the bill after. */
  dispute: { id: string; wantedMinor: bigint } | null;
  /** A refund that goes with it: what this payment paid of the bill makes room for the credit. */
  refund?: { paymentId: string; tells: Told };
};

export type Given = {
  creditId: string;
  number: string;
  /** What came down on the bill; the rest became open credit. */
  onInvoiceMinor: bigint;
  restMinor: bigint;
  openBefore: bigint;
  openAfter: bigint;
};

/** Writes a planned credit: its row and lines, the journal and the bill (`creditBill`), the event. One transaction. */
export async function giveCredit(tx: Tx, giving: Giving): Promise<Given> {
  const { account, plan, step, dispute } = giving;
  const { id: accountId, currency } = account;
  const creditId = uuidv7();
  const number = await nextNumber(tx);
  const taxMinor = plan.lines.reduce((sum, line) => sum + line.taxMinor, 0n);
  const given = await creditBill(tx, {
    ...{ step, accountId, invoiceId: plan.invoiceId, creditId, amountMinor: plan.amountMinor },
    restKind: plan.kind,
    journal: plan.kind === "goodwill" ? "goodwill_credit" : "credit_note",
    debits: debitsOf(plan, taxMinor),
    ...(giving.refund ? { refund: giving.refund } : {}),
    ...(dispute ? { claim: { disputeId: dispute.id, wantedMinor: dispute.wantedMinor } } : {}),
  });
  await tx.insert(credits).values({
    ...{ id: creditId, accountId, number, invoiceId: plan.invoiceId, actionId: step.actionId, kind: plan.kind },
    ...{
      reason: plan.reason,
      memo: giving.memo,
      amountMinor: plan.amountMinor,
      taxMinor,
      currency,
      onInvoiceMinor: given.onInvoiceMinor,
    },
    ...{ disputeId: dispute?.id ?? null, makerLoginId: giving.makerLoginId, occurredOn: step.occurredOn },
  });
  await writeLines(tx, creditId, plan.lines);
  const { invoiceId } = plan;
  await appendEvent(tx, "credit.given", { accountId, creditId, invoiceId, actionId: step.actionId });
  return { creditId, number, ...given };
}

/** A credit note takes back revenue and its tax; goodwill is borne by an allowance and has no tax. */
function debitsOf(plan: PlannedGift, taxMinor: bigint): { account: LedgerAccountKind; amountMinor: bigint }[] {
  if (plan.kind === "goodwill") return [{ account: allowanceOf(plan.reason), amountMinor: plan.amountMinor }];
  return [
    { account: "revenue" as const, amountMinor: plan.amountMinor - taxMinor },
    { account: "tax_payable" as const, amountMinor: taxMinor },
  ].filter((debit) => debit.amountMinor !== 0n);
}

async function writeLines(tx: Tx, creditId: string, lines: readonly LineCredit[]): Promise<void> {
  if (lines.length === 0) return;
  await tx.insert(creditLines).values(lines.map((line) => ({ creditId, ...line })));
  for (const line of lines) {
    await tx
      .update(invoiceLines)
      .set({ creditedMinor: sql`${invoiceLines.creditedMinor} + ${line.amountMinor + line.taxMinor}` })
      .where(eq(invoiceLines.id, line.invoiceLineId));
  }
}

async function nextNumber(tx: Tx): Promise<string> {
  const [row] = await tx.execute<{ number: string }>(sql`select 'CRD-' || nextval('credit_numbers') as number`);
  return present(row, "a sequence gives a number").number;
}
