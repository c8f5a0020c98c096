import { type LocalDate } from "#app/contracts/local-date.ts";
import { type AskedBill, type Bill } from "#server/domains/invoices/index.ts";

import { askedSince } from "./grace.ts";
import { type RemindedBill } from "./rules.ts";

/** The bill that a late fee is for, and the last stage by which the fee was reminded of without it. */
export type FeeFor = { number: string; settledOn: LocalDate | null; remindedOn: LocalDate | null };

export type Asked = { bill: Bill; leftMinor: bigint; asked: AskedBill; feeFor: FeeFor | null };

/** What is reminded of by the stages of one schedule. */
export type Together = {
  /** Of these each stage is once. */
  leading: readonly Asked[];
  /** The late fees that are named and added up beside them. */
  riding: readonly Asked[];
  staged: RemindedBill;
  /** Stages up to this one are passed over. */
  remindedOn: LocalDate | null;
};

/**
 * Each bill with its late fees, and all the fees whose bill is settled or wholly on a plan as one: their stages count
 * from the day on which the last of them was left alone.
 */
export function askedTogether(all: readonly Asked[]): Together[] {
  const bills = all.filter(({ bill }) => bill.kind === "bill");
  const asking = new Map(bills.filter((one) => !isPlanned(one)).map((one) => [one.bill.id, one]));
  const fees = all.filter(({ bill }) => bill.kind === "late_fee");
  const rides = ({ bill: { parentId } }: Asked) => parentId !== null && asking.has(parentId);
  const together: Together[] = bills.map((one) => ({
    leading: [one],
    riding: fees.filter((fee) => rides(fee) && fee.bill.parentId === one.bill.id),
    staged: { dueOn: one.bill.dueOn, asked: one.asked },
    remindedOn: null,
  }));
  const leading = fees.filter((fee) => !rides(fee));
  const since = leading.map((fee) => aloneSince(fee, bills)).sort();
  const aloneOn = since.at(-1);
  if (aloneOn === undefined) return together;
  const reminded = leading.flatMap(({ feeFor }) => feeFor?.remindedOn ?? []).sort();
  const staged = { dueOn: aloneOn, asked: { askedMinor: 0n, changes: [] }, onlyLate: true };
  return [...together, { leading, riding: [], staged, remindedOn: reminded.at(-1) ?? null }];
}

const isPlanned = ({ bill }: Asked): boolean => bill.heldMinor.plan === bill.openMinor;

/** Since when a fee is asked for without its bill: its due date, or later the day of the payment or the plan. */
function aloneSince({ bill, asked, feeFor }: Asked, bills: readonly Asked[]): LocalDate {
  const parent = bills.find((one) => one.bill.id === bill.parentId);
  const left = parent ? (parent.asked.changes[0]?.on ?? null) : (feeFor?.settledOn ?? null);
  const since = askedSince(asked, bill.dueOn);
  return left !== null && left > since ? left : since;
}
