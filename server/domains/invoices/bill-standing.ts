import { type ClaimKind } from "#db/schema/index.ts";

export type BillStanding =
  | "voided"
  | "paid"
  | "credited"
  | "written_off"
  | "overdue"
  | "in_dispute"
  | "under_review"
  | "processing"
  | "scheduled"
  | "planned"
  | "due";

export type StandingFacts = {
  voided: boolean;
  openMinor: bigint;
  payableMinor: bigint;
  paidMinor: bigint;
  creditedMinor: bigint;
  writtenOffMinor: bigint;
  heldMinor: Record<ClaimKind, bigint>;
  daysLate: number;
};

/**
 * The one word a person reads first. What is past due wins over what is held, and a bill held whole shows what holds it.
 * A closed bill is paid when any money paid it.
 */
export function billStanding(bill: StandingFacts): BillStanding {
  if (bill.voided) return "voided";
  if (bill.openMinor === 0n) {
    if (bill.paidMinor > 0n) return "paid";
    if (bill.writtenOffMinor > 0n) return "written_off";
    return bill.creditedMinor > 0n ? "credited" : "paid";
  }
  if (bill.payableMinor > 0n) return bill.daysLate > 0 ? "overdue" : "due";
  const { in_flight, chargeback, dispute, plan } = bill.heldMinor;
  if (in_flight > 0n) return "processing";
  if (chargeback > 0n) return "under_review";
  if (dispute > 0n) return "in_dispute";
  return plan > 0n ? "planned" : "scheduled";
}
