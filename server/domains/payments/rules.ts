import { addBusinessDays, type LocalDate } from "#app/contracts/local-date.ts";
import { minBigint } from "#app/contracts/money.ts";
import { type PaymentState } from "#db/schema/index.ts";
import { type Bill } from "#server/domains/invoices/index.ts";
import { type Refusal, refuse } from "#server/platform/result.ts";

const NEXT: Record<PaymentState, readonly PaymentState[]> = {
  requested: ["requires_action", "processing", "settled", "failed", "canceled"],
  requires_action: ["processing", "settled", "failed", "canceled"],
  processing: ["requires_action", "settled", "failed", "canceled"],
  // What the processor settled is a fact, whatever we believed before.
  failed: ["settled"],
  canceled: ["settled"],
  // A settled attempt never goes back: what comes off it later are amounts.
  settled: [],
};

/** Whether an attempt may move from one state to another. Staying is not moving. */
export const paymentMayMove = (from: PaymentState, to: PaymentState): boolean => NEXT[from].includes(to);

/** Business days a bank debit takes to settle. Source: docs.stripe.com/payments/ach-direct-debit, "up to 4 business days". */
const DEBIT_DAYS = 4;

/** When a bank debit that began on this day is expected to be confirmed. */
export const expectedAfter = (startedOn: LocalDate): LocalDate => addBusinessDays(startedOn, DEBIT_DAYS);

export const IN_FLIGHT: readonly PaymentState[] = ["requested", "requires_action", "processing"];

/** A bill as the pay page offers it: payable after open credit, and what else may be chosen of it. */
export type PayableBill = {
  invoiceId: string;
  number: string;
  issuedOn: LocalDate;
  dueOn: LocalDate;
  daysLate: number;
  openMinor: bigint;
  /** Open credit that is put on it first. */
  creditMinor: bigint;
  /** What is asked for. */
  payableMinor: bigint;
  /** The most a payer may choose: what is in dispute, on a plan or scheduled may be paid too. */
  mostMinor: bigint;
  inDisputeMinor: bigint;
  plannedMinor: bigint;
  scheduledMinor: bigint;
};

/** Puts open credit on payable, oldest due first, as the payment's first step will. The bills come oldest due first. */
export function payableAfterCredit(bills: readonly Bill[], unappliedMinor: bigint): PayableBill[] {
  let credit = unappliedMinor;
  return bills.map((bill) => {
    const creditMinor = minBigint(credit, bill.payableMinor);
    credit -= creditMinor;
    const { number, issuedOn, dueOn, daysLate, openMinor, heldMinor } = bill;
    return {
      ...{ invoiceId: bill.id, number, issuedOn, dueOn, daysLate, openMinor, creditMinor },
      payableMinor: bill.payableMinor - creditMinor,
      mostMinor: openMinor - heldMinor.in_flight - heldMinor.chargeback - creditMinor,
      ...{ inDisputeMinor: heldMinor.dispute, plannedMinor: heldMinor.plan, scheduledMinor: heldMinor.scheduled },
    };
  });
}

export type ChosenBill = { invoiceId: string; amountMinor: bigint };

export type AllocationRefusal =
  | Refusal<"nothing_to_pay">
  | (Refusal<"below_minimum"> & { minimumMinor: bigint })
  | (Refusal<"more_than_due"> & { invoiceId: string; mostMinor: bigint })
  | (Refusal<"becomes_credit"> & { creditMinor: bigint })
  | Refusal<"bill_not_open">;

/**
 * Whether the payer's choice can be paid. Refuses nothing at all, less than the minimum (unless it pays the chosen bills
 * off), more than a bill takes, and money that would become credit unless the payer said so.
 */
export function checkChoice({
  bills,
  chosen,
  amountMinor,
  minimumMinor,
  creditAllowed,
}: {
  bills: readonly PayableBill[];
  chosen: readonly ChosenBill[];
  amountMinor: bigint;
  minimumMinor: bigint;
  creditAllowed: boolean;
}): AllocationRefusal | null {
  if (amountMinor <= 0n) return refuse("nothing_to_pay");
  let onBills = 0n;
  let paysOff = chosen.length > 0;
  for (const { invoiceId, amountMinor: part } of chosen) {
    const bill = bills.find((one) => one.invoiceId === invoiceId);
    if (!bill || part <= 0n) return refuse("bill_not_open");
    if (part > bill.mostMinor) return refuse("more_than_due", { invoiceId, mostMinor: bill.mostMinor });
    if (part < bill.payableMinor) paysOff = false;
    onBills += part;
  }
  const creditMinor = amountMinor - onBills;
  if (creditMinor < 0n) return refuse("bill_not_open");
  if (creditMinor > 0n && !creditAllowed) return refuse("becomes_credit", { creditMinor });
  if (amountMinor < minimumMinor && !paysOff) return refuse("below_minimum", { minimumMinor });
  return null;
}
