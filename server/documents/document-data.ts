import { type Currency } from "#app/contracts/currency.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { type Money } from "#app/contracts/money.ts";

/** Who bills: what stands at the head and the foot of every page. */
export type Biller = {
  name: string;
  legalName: string | null;
  /** As on an envelope. */
  address: readonly string[];
  phone: string | null;
  email: string | null;
  /** As PNG. */
  logo: Uint8Array | null;
};

/** Who is billed. */
export type Billed = { name: string; accountNumber: string; address: readonly string[] };

export type DocumentFrame = {
  biller: Biller;
  billed: Billed;
  /** The reader's language, for dates and amounts. */
  locale: string;
  /** The business day it is made on: what is told as "left" holds on it. */
  printedOn: LocalDate;
};

export type DocumentLine = {
  description: string;
  explanation: string | null;
  /** Exact decimal text. */
  quantity: string;
  unit: string | null;
  unitPrice: string;
  /** Minor units, before tax. */
  amountMinor: bigint;
  taxMinor: bigint;
};

/** A name and an amount under the lines ("Paid", −$69.36). */
export type Sum = { label: string; amount: Money; strong?: boolean };

export type BillData = DocumentFrame & {
  number: string;
  /** "Bill", "Late fee". */
  title: string;
  issuedOn: LocalDate;
  dueOn: LocalDate;
  currency: Currency;
  lines: readonly DocumentLine[];
  sums: readonly Sum[];
  /** The number a reader looks for first, what it is, and one sentence about it. */
  hero: { label: string; amount: Money; sentence: string | null };
  memo: string | null;
  terms: string | null;
  /** Its pay link, whole: opens and pays this bill. Null when nothing is asked for. */
  payAt: string | null;
};

export type StatementData = DocumentFrame & {
  fromOn: LocalDate;
  toOn: LocalDate;
  opening: Money;
  closing: Money;
  /** Null for a range that somebody asked for. */
  issuedOn: LocalDate | null;
  lines: readonly { day: LocalDate; what: string; amount: Money; balance: Money }[];
  /** How late what was open was on its last day; the buckets and the credit (with its minus) add up to the closing. */
  aging: { day: LocalDate; buckets: readonly Sum[]; credit: Money | null };
};

export type ReceiptData = DocumentFrame & {
  /** The payment's public id. */
  number: string;
  amount: Money;
  /** "Paid" in the customer's words, and one sentence about it. */
  state: string;
  sentence: string | null;
  paidOn: LocalDate;
  /** "Visa ··4242". */
  method: string;
  /** Charged on top, outside every bill; null when there was none. */
  fee: Money | null;
  /** What each bill took, and what is left of it. */
  bills: readonly { number: string; paid: Money; left: Money }[];
  /** What no bill took and stands as credit; null when there is none. */
  toCredit: Money | null;
  /** What was sent back of it since, each on its day. */
  sentBack: readonly { on: LocalDate; amount: Money }[];
};
