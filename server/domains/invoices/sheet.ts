import { type Currency } from "#app/contracts/currency.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { type ClaimKind, type JournalKind, type LedgerAccountKind } from "#db/schema/index.ts";
import { bug } from "#server/platform/faults.ts";
import { present } from "#server/platform/assert.ts";

import { recomputeHeld } from "./rules.ts";

/**
 * The sub-ledger of the accounts that one transaction changes, in memory: loaded under the account's lock, changed by
 * the pure functions beside this file, written back at once (`closeSheet`): one round trip for all journals.
 */
export type Sheet = {
  readonly accounts: Map<string, { id: string; currency: Currency; zone: string; version: number }>;
  readonly bills: Map<string, SheetBill>;
  readonly openCredits: Map<string, SheetCredit>;
  /** What stands on the bills, oldest first. Only there when the sheet was opened with `standing`. */
  readonly standing: Standing[];
  readonly moves: Move[];
  readonly journals: Map<string, SheetJournal>;
  readonly timeline: TimelineEntry[];
};

export type SheetClaim = {
  id: string;
  kind: ClaimKind;
  sourceId: string;
  wantedMinor: bigint;
  heldMinor: bigint;
  released: boolean;
  /** As loaded: what was wanted and held before this transaction. */
  readonly before: { wantedMinor: bigint; heldMinor: bigint; released: boolean } | null;
};

export type SheetBill = {
  readonly id: string;
  readonly accountId: string;
  readonly number: string;
  readonly issuedOn: LocalDate;
  readonly dueOn: LocalDate;
  readonly kind: "bill" | "late_fee";
  readonly totalMinor: bigint;
  readonly taxMinor: bigint;
  paidMinor: bigint;
  creditedMinor: bigint;
  writtenOffMinor: bigint;
  settledOn: LocalDate | null;
  status: "issued" | "voided";
  claims: SheetClaim[];
  /** What was written off of it, by who bore it, the newest last. */
  losses: Loss[];
  changed: boolean;
};

/** bad_debt for what could not be collected; chargeback_losses for a chargeback that was lost and absorbed. */
export type Loss = {
  bearer: Extract<LedgerAccountKind, "bad_debt" | "chargeback_losses">;
  amountMinor: bigint;
};

export type SheetCredit = {
  readonly id: string;
  readonly accountId: string;
  readonly kind: "payment" | "credit_note" | "goodwill";
  readonly sourceId: string;
  readonly occurredOn: LocalDate;
  amountMinor: bigint;
  leftMinor: bigint;
  readonly fresh: boolean;
  changed: boolean;
};

export type Effect = "paid" | "credited" | "written_off";

/** Where money on a bill came from: a payment or a credit, directly or through its open credit. */
export type Source = { paymentId: string | null; creditId: string | null; openCreditId: string | null };

/** What one source still has on one bill, net of what was taken off again. */
export type Standing = Source & {
  readonly invoiceId: string;
  readonly effect: Effect;
  /** Kind of the credit it came from; null for payments and write-offs. */
  readonly creditKind: string | null;
  amountMinor: bigint;
};

export type Move = Source & {
  readonly invoiceId: string;
  readonly accountId: string;
  readonly effect: Effect;
  readonly amountMinor: bigint;
  readonly journal: string;
  readonly occurredOn: LocalDate;
  /** What the bill's timeline says of it, where it is more than paid or unpaid. */
  readonly tells?: Told | undefined;
};

/** How a bill's timeline tells a movement: a refund is not the same as a payment that was taken back. */
export type Told = { readonly kind: TimelineKind; readonly reference: string };

export type SheetJournal = {
  readonly key: string;
  readonly step: Step;
  readonly kind: JournalKind;
  readonly currency: Currency;
  readonly source: string | undefined;
  readonly entries: { account: LedgerAccountKind; accountId: string | undefined; amountMinor: bigint }[];
};

/** The action that moves money, and when it happened in the world. */
export type Step = { readonly actionId: string; readonly occurredOn: LocalDate; readonly occurredAt: Date };

export type TimelineKind =
  | "issued"
  | "paid"
  | "credited"
  | "uncredited"
  | "unpaid"
  | "written_off"
  | "disputed"
  | "dispute_settled"
  | "payment_started"
  | "payment_failed"
  | "voided"
  | "refunded";

export type TimelineEntry = {
  invoiceId: string;
  kind: TimelineKind;
  amountMinor: bigint | null;
  reference: string | null;
  occurredAt: Date;
};

export const openOf = (bill: SheetBill): bigint =>
  bill.totalMinor - bill.paidMinor - bill.creditedMinor - bill.writtenOffMinor;
export const heldOf = (bill: SheetBill): bigint => bill.claims.reduce((sum, claim) => sum + claim.heldMinor, 0n);
export const payableOf = (bill: SheetBill): bigint => openOf(bill) - heldOf(bill);

export const billOf = (sheet: Sheet, invoiceId: string): SheetBill =>
  present(sheet.bills.get(invoiceId), `bill ${invoiceId} is not on the sheet`);

/** Adds to an entry of the journal of this action and kind; a positive amount is a debit. */
export function post(sheet: Sheet, step: Step, leg: Leg): string {
  const key = `${step.actionId} ${leg.journal}`;
  let journal = sheet.journals.get(key);
  if (!journal) {
    const { currency } = present(sheet.accounts.get(leg.accountId), "an account on the sheet");
    journal = { key, step, kind: leg.journal, currency, source: leg.source, entries: [] };
    sheet.journals.set(key, journal);
  }
  if (leg.amountMinor === 0n) return key;
  const accountId = leg.account === "receivable" || leg.account === "unapplied" ? leg.accountId : undefined;
  const entry = journal.entries.find((e) => e.account === leg.account && e.accountId === accountId);
  if (entry) entry.amountMinor += leg.amountMinor;
  else journal.entries.push({ account: leg.account, accountId, amountMinor: leg.amountMinor });
  return key;
}

export type Leg = {
  journal: JournalKind;
  account: LedgerAccountKind;
  /** The billing account; also says whose books the journal is in. */
  accountId: string;
  amountMinor: bigint;
  source?: string | undefined;
};

const FIELD = { paid: "paidMinor", credited: "creditedMinor", written_off: "writtenOffMinor" } as const;

/** Moves an amount onto a bill (negative: off it) and lets the claims fill what is open now. */
export function moveOnBill(sheet: Sheet, move: Move): void {
  const bill = billOf(sheet, move.invoiceId);
  bill[FIELD[move.effect]] += move.amountMinor;
  if (bill[FIELD[move.effect]] < 0n || openOf(bill) < 0n) throw bug(`bill ${bill.number} would leave its floor`);
  sheet.moves.push(move);
  bill.settledOn = openOf(bill) === 0n ? (bill.settledOn ?? move.occurredOn) : null;
  refill(bill);
}

export function refill(bill: SheetBill): void {
  recomputeHeld(openOf(bill), bill.claims).forEach((heldMinor, at) => {
    const claim = bill.claims[at];
    if (claim) claim.heldMinor = heldMinor;
  });
  bill.changed = true;
}
