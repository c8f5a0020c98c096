import { BILL_SUM_WORDS } from "./messages/bills.ts";

/** What a bill adds up to, in minor units. */
export type BillParts = {
  totalMinor: bigint;
  taxMinor: bigint;
  paidMinor: bigint;
  creditedMinor: bigint;
  writtenOffMinor: bigint;
  openMinor: bigint;
};

export type BillSum = { label: string; minor: bigint; strong: boolean };

/** From the lines down to what is left, as screen and paper tell it: what took from the bill stands negative. */
export function billSums(bill: BillParts): BillSum[] {
  const words = BILL_SUM_WORDS;
  const taxed = bill.taxMinor > 0n;
  const sums: BillSum[] = taxed
    ? [
        { label: words.beforeTax, minor: bill.totalMinor - bill.taxMinor, strong: false },
        { label: words.tax, minor: bill.taxMinor, strong: false },
      ]
    : [];
  sums.push({ label: words.total, minor: bill.totalMinor, strong: taxed });
  const taken: [string, bigint][] = [
    [words.paid, bill.paidMinor],
    [words.credited, bill.creditedMinor],
    [words.writtenOff, bill.writtenOffMinor],
  ];
  const off = taken.filter(([, minor]) => minor > 0n);
  sums.push(...off.map(([label, minor]) => ({ label, minor: -minor, strong: false })));
  if (off.length > 0) sums.push({ label: words.left, minor: bill.openMinor, strong: true });
  return sums;
}
