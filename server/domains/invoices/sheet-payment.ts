import { maxBigint, minBigint } from "#app/contracts/money.ts";
import { type JournalKind, type LedgerAccountKind } from "#db/schema/index.ts";

import { holdOnSheet, releaseOnSheet } from "./sheet-claims.ts";
import { applyToBill, growOpenCredit, openCreditOf, recoverWriteOff, takeOff, unapplyNewest } from "./sheet-credit.ts";
import { billOf, moveOnBill, openOf, post, type Sheet, type Standing, type Step } from "./sheet.ts";

export type BillAmount = { invoiceId: string; amountMinor: bigint };

/** Where a payment's money is, and how its journal is called. */
export type Cash = {
  journal: JournalKind;
  account: Extract<LedgerAccountKind, "clearing" | "bank" | "undeposited" | "imported">;
  /** The processor's object, unique per journal kind: `ch_…`. */
  source?: string | undefined;
  /** Convenience fee on top of the amount, outside every bill. */
  feeMinor?: bigint | undefined;
};

export type Payment = {
  paymentId: string;
  accountId: string;
  amountMinor: bigint;
  /** What the payer chose, in order. What a bill does not take becomes open credit of this payment. */
  bills: readonly BillAmount[];
  cash: Cash;
};

/** A settled payment: rule 1, per chosen bill at most what is open (a write-off chosen to be paid is taken back first). */
export function payOnSheet(sheet: Sheet, step: Step, payment: Payment): { paid: BillAmount[]; toCreditMinor: bigint } {
  const { paymentId, accountId, cash } = payment;
  releaseOnSheet(sheet, { kind: "in_flight", sourceId: paymentId });
  const paid: BillAmount[] = [];
  let toCreditMinor = payment.amountMinor;
  for (const { invoiceId, amountMinor } of payment.bills) {
    const bill = billOf(sheet, invoiceId);
    const wanted = minBigint(amountMinor, toCreditMinor);
    recoverWriteOff(sheet, step, { bill, amountMinor: minBigint(bill.writtenOffMinor, wanted - openOf(bill)) });
    const part = minBigint(wanted, openOf(bill));
    if (part <= 0n) continue;
    paid.push({ invoiceId, amountMinor: part });
    toCreditMinor -= part;
  }
  const onBills = payment.amountMinor - toCreditMinor;
  const journal = postCash(sheet, step, { accountId, cash, amountMinor: payment.amountMinor });
  const legs = { journal: cash.journal, accountId, source: cash.source };
  post(sheet, step, { ...legs, account: "receivable", amountMinor: -onBills });
  post(sheet, step, { ...legs, account: "unapplied", amountMinor: -toCreditMinor });
  for (const { invoiceId, amountMinor } of paid)
    payDirectly(sheet, step, { paymentId, invoiceId, amountMinor, journal });
  if (toCreditMinor > 0n) {
    growOpenCredit(openCreditOf(sheet, step, { accountId, kind: "payment", sourceId: paymentId }), toCreditMinor);
  }
  return { paid, toCreditMinor };
}

type CashPosting = { accountId: string; cash: Cash; amountMinor: bigint };

/** Debits where the money is by amount and fee, credits the fee's income; negative when money goes back. */
function postCash(sheet: Sheet, step: Step, { accountId, cash, amountMinor }: CashPosting): string {
  const fee = cash.feeMinor ?? 0n;
  const legs = { journal: cash.journal, accountId, source: cash.source };
  post(sheet, step, { ...legs, account: cash.account, amountMinor: amountMinor + fee });
  return post(sheet, step, { ...legs, account: "convenience_fee_income", amountMinor: -fee });
}

type Direct = BillAmount & { paymentId: string; journal: string };

function payDirectly(sheet: Sheet, step: Step, { paymentId, invoiceId, amountMinor, journal }: Direct): void {
  const { accountId } = billOf(sheet, invoiceId);
  const source = { paymentId, creditId: null, openCreditId: null };
  const { occurredOn } = step;
  moveOnBill(sheet, { ...source, invoiceId, accountId, effect: "paid", amountMinor, journal, occurredOn });
}

/** How a return or chargeback was split, so that winning mirrors it line by line. Kept by payments on its row. */
export type TakenBack = {
  /** From the payment's own allocations: owed again. */
  receivable: BillAmount[];
  /** From the payment's open credit, the part below included. */
  unappliedMinor: bigint;
  /** Of the open credit, what had to be un-applied first: owed again. */
  unappliedFrom: BillAmount[];
  feeMinor: bigint;
  /** Beyond what the payment still has anywhere: a loss, for a person to look at. */
  lossesMinor: bigint;
};

export type TakeBack = {
  accountId: string;
  paymentId: string;
  amountMinor: bigint;
  /** `feeMinor`: how much convenience fee of the payment is left to reverse. */
  cash: Cash;
  /** Hold what is owed again while the network decides. */
  chargebackId?: string | undefined;
};

/**
 * Rule 4: a return or chargeback takes the payment's open credit (rule 3: un-applying it from the newest bills when it
 * was used), then its newest allocation, then its convenience fee; anything beyond is a loss. Never refused.
 */
export function takeBackOnSheet(sheet: Sheet, step: Step, back: TakeBack): TakenBack {
  const { accountId, paymentId, cash } = back;
  const own = takeOwnSource(sheet, step, {
    accountId,
    kind: "payment",
    sourceId: paymentId,
    amountMinor: back.amountMinor,
  });
  const feeMinor = minBigint(own.restMinor, cash.feeMinor ?? 0n);
  const lossesMinor = own.restMinor - feeMinor;
  const legs = { journal: cash.journal, accountId, source: cash.source };
  const journal = post(sheet, step, { ...legs, account: "unapplied", amountMinor: own.unappliedMinor });
  const receivable = takeDirect(sheet, step, { own, journal });
  const owed = receivable.reduce((sum, part) => sum + part.amountMinor, 0n);
  post(sheet, step, { ...legs, account: "receivable", amountMinor: owed });
  post(sheet, step, { ...legs, account: "convenience_fee_income", amountMinor: feeMinor });
  post(sheet, step, { ...legs, account: "chargeback_losses", amountMinor: lossesMinor });
  post(sheet, step, { ...legs, account: cash.account, amountMinor: -back.amountMinor });
  if (back.chargebackId !== undefined) {
    for (const { invoiceId, amountMinor } of sumByBill([...receivable, ...own.unappliedFrom])) {
      holdOnSheet(sheet, { kind: "chargeback", sourceId: back.chargebackId, invoiceId, wantedMinor: amountMinor });
    }
  }
  return { receivable, unappliedMinor: own.unappliedMinor, unappliedFrom: own.unappliedFrom, feeMinor, lossesMinor };
}

type Own = {
  unappliedMinor: bigint;
  unappliedFrom: BillAmount[];
  direct: { standing: Standing; amountMinor: bigint }[];
  restMinor: bigint;
};

/** What a source gives back: its open credit first, used or not, then what stands directly on bills, newest first. */
export function takeOwnSource(
  sheet: Sheet,
  step: Step,
  from: { accountId: string; kind: "payment" | "credit_note" | "goodwill"; sourceId: string; amountMinor: bigint },
): Own {
  const isOwn = (s: Standing) => (from.kind === "payment" ? s.paymentId : s.creditId) === from.sourceId;
  const credit = [...sheet.openCredits.values()].find((c) => c.kind === from.kind && c.sourceId === from.sourceId);
  const missing = from.amountMinor - (credit?.leftMinor ?? 0n);
  const viaCredit = (s: Standing) => isOwn(s) && s.openCreditId !== null;
  const unappliedFrom = unapplyNewest(sheet, step, { amountMinor: missing, matches: viaCredit });
  const unappliedMinor = minBigint(credit?.leftMinor ?? 0n, from.amountMinor);
  if (credit && unappliedMinor > 0n) {
    credit.leftMinor -= unappliedMinor;
    credit.changed = true;
  }
  let restMinor = from.amountMinor - unappliedMinor;
  const direct: Own["direct"] = [];
  for (const standing of [...sheet.standing].reverse()) {
    if (!isOwn(standing) || standing.openCreditId !== null) continue;
    const amountMinor = minBigint(standing.amountMinor, restMinor);
    if (amountMinor <= 0n) continue;
    direct.push({ standing, amountMinor });
    restMinor -= amountMinor;
  }
  return { unappliedMinor, unappliedFrom, direct, restMinor };
}

/** Takes the direct parts off their bills, within a journal that debits receivable by their sum. */
export function takeDirect(sheet: Sheet, step: Step, { own, journal }: { own: Own; journal: string }): BillAmount[] {
  return own.direct.map(({ standing, amountMinor }) => {
    takeOff(sheet, step, { standing, amountMinor, journal });
    return { invoiceId: standing.invoiceId, amountMinor };
  });
}

function sumByBill(parts: readonly BillAmount[]): BillAmount[] {
  const sums = new Map<string, bigint>();
  for (const { invoiceId, amountMinor } of parts) sums.set(invoiceId, (sums.get(invoiceId) ?? 0n) + amountMinor);
  return [...sums].map(([invoiceId, amountMinor]) => ({ invoiceId, amountMinor }));
}

export type GiveBack = {
  accountId: string;
  paymentId: string;
  chargebackId?: string | undefined;
  taken: TakenBack;
  cash: Omit<Cash, "feeMinor">;
};

/**
 * A chargeback won: the mirror of opened, line by line. Rule 1 holds: where a bill was paid meanwhile, the rest becomes
 * the payment's open credit; what had been un-applied goes back to its bills as far as they are open.
 */
export function giveBackOnSheet(
  sheet: Sheet,
  step: Step,
  back: GiveBack,
): { paid: BillAmount[]; toCreditMinor: bigint } {
  const { accountId, paymentId, taken, cash } = back;
  if (back.chargebackId !== undefined) releaseOnSheet(sheet, { kind: "chargeback", sourceId: back.chargebackId });
  const credit = openCreditOf(sheet, step, { accountId, kind: "payment", sourceId: paymentId });
  const paid = taken.receivable
    .map(({ invoiceId, amountMinor }) => ({
      invoiceId,
      amountMinor: minBigint(amountMinor, openOf(billOf(sheet, invoiceId))),
    }))
    .filter((part) => part.amountMinor > 0n);
  const onBills = sum(paid);
  const grown = sum(taken.receivable) - onBills;
  const toCreditMinor = grown + taken.unappliedMinor;
  const legs = { journal: cash.journal, accountId, source: cash.source };
  const all = onBills + toCreditMinor + taken.feeMinor + taken.lossesMinor;
  const journal = post(sheet, step, { ...legs, account: cash.account, amountMinor: all });
  post(sheet, step, { ...legs, account: "receivable", amountMinor: -onBills });
  post(sheet, step, { ...legs, account: "unapplied", amountMinor: -toCreditMinor });
  post(sheet, step, { ...legs, account: "convenience_fee_income", amountMinor: -taken.feeMinor });
  post(sheet, step, { ...legs, account: "chargeback_losses", amountMinor: -taken.lossesMinor });
  for (const { invoiceId, amountMinor } of paid)
    payDirectly(sheet, step, { paymentId, invoiceId, amountMinor, journal });
  credit.leftMinor += taken.unappliedMinor;
  growOpenCredit(credit, grown);
  // Money that was taken from open credit before this row existed here still has to fit under what ever came in.
  credit.amountMinor = maxBigint(credit.amountMinor, credit.leftMinor);
  for (const { invoiceId, amountMinor } of taken.unappliedFrom) {
    const bill = billOf(sheet, invoiceId);
    const part = minBigint(minBigint(amountMinor, openOf(bill)), credit.leftMinor);
    if (part > 0n) applyToBill(sheet, step, { credit, bill, amountMinor: part });
  }
  return { paid, toCreditMinor };
}

const sum = (parts: readonly BillAmount[]): bigint => parts.reduce((total, part) => total + part.amountMinor, 0n);
