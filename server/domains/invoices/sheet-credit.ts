import { minBigint } from "#app/contracts/money.ts";
import { type JournalKind, type LedgerAccountKind } from "#db/schema/index.ts";
import { v7 as uuidv7 } from "uuid";

import { byDueDate, compare, takeNewest } from "./rules.ts";
import {
  billOf,
  type Effect,
  moveOnBill,
  openOf,
  payableOf,
  post,
  type Sheet,
  type SheetBill,
  type SheetCredit,
  type Standing,
  type Step,
  type Told,
} from "./sheet.ts";

type CreditKey = { accountId: string; kind: SheetCredit["kind"]; sourceId: string };

/** The open credit of a source, made when it has none yet: one per source for good. */
export function openCreditOf(sheet: Sheet, step: Step, key: CreditKey): SheetCredit {
  for (const credit of sheet.openCredits.values()) {
    if (credit.kind === key.kind && credit.sourceId === key.sourceId) return credit;
  }
  const { occurredOn } = step;
  const made = { ...key, id: uuidv7(), occurredOn, amountMinor: 0n, leftMinor: 0n, fresh: true, changed: true };
  sheet.openCredits.set(made.id, made);
  return made;
}

/** Money that comes in on no bill: it grows both what ever came in and what is left. */
export function growOpenCredit(credit: SheetCredit, amountMinor: bigint): void {
  credit.amountMinor += amountMinor;
  credit.leftMinor += amountMinor;
  credit.changed = true;
}

export const effectOf = (credit: SheetCredit): Effect => (credit.kind === "payment" ? "paid" : "credited");

export const sourceOf = (credit: SheetCredit) => ({
  paymentId: credit.kind === "payment" ? credit.sourceId : null,
  creditId: credit.kind === "payment" ? null : credit.sourceId,
  openCreditId: credit.id,
});

export type Applied = { openCreditId: string; invoiceId: string; amountMinor: bigint };

/** Puts open credit on a bill: unapplied → receivable, in the action's `credit_applied` journal. */
export function applyToBill(
  sheet: Sheet,
  step: Step,
  { credit, bill, amountMinor }: { credit: SheetCredit; bill: SheetBill; amountMinor: bigint },
): Applied {
  const { accountId } = bill;
  const journal = post(sheet, step, { journal: "credit_applied", account: "unapplied", accountId, amountMinor });
  post(sheet, step, { journal: "credit_applied", account: "receivable", accountId, amountMinor: -amountMinor });
  credit.leftMinor -= amountMinor;
  credit.changed = true;
  const { occurredOn } = step;
  const effect = effectOf(credit);
  const move = { ...sourceOf(credit), invoiceId: bill.id, accountId, effect, amountMinor, journal, occurredOn };
  moveOnBill(sheet, move);
  addStanding(sheet, { ...move, creditKind: credit.kind === "payment" ? null : credit.kind });
  return { openCreditId: credit.id, invoiceId: bill.id, amountMinor };
}

/** "Credit goes first": the oldest open credit to the oldest due payable (of one bill, if named), until one is used up. */
export function applyOldestFirst(
  sheet: Sheet,
  step: Step,
  { accountId, invoiceId }: { accountId: string; invoiceId?: string },
): Applied[] {
  const credits = [...sheet.openCredits.values()]
    .filter((credit) => credit.accountId === accountId && credit.leftMinor > 0n)
    .sort((a, b) => compare(a.occurredOn, b.occurredOn) || compare(a.id, b.id));
  const bills = [...sheet.bills.values()]
    .filter((bill) => bill.accountId === accountId && (invoiceId === undefined || bill.id === invoiceId))
    .sort(byDueDate);
  const applied: Applied[] = [];
  for (const bill of bills) {
    for (const credit of credits) {
      const amountMinor = minBigint(payableOf(bill), credit.leftMinor);
      if (amountMinor > 0n) applied.push(applyToBill(sheet, step, { credit, bill, amountMinor }));
    }
  }
  return applied;
}

function addStanding(sheet: Sheet, added: Standing): void {
  const known = sheet.standing.find((s) => isSame(s, added));
  if (known) known.amountMinor += added.amountMinor;
  else sheet.standing.push({ ...added });
}

const isSame = (a: Standing, b: Standing): boolean =>
  a.invoiceId === b.invoiceId &&
  a.effect === b.effect &&
  a.paymentId === b.paymentId &&
  a.creditId === b.creditId &&
  a.openCreditId === b.openCreditId;

/**
 * Takes part of what stands on a bill off again, into the open credit of its source: receivable → unapplied, in the
 * action's `credit_unapplied` journal. The open credit it came through, else the source's own, grows.
 */
export function unapplyStanding(
  sheet: Sheet,
  step: Step,
  take: { standing: Standing; amountMinor: bigint; tells?: Told | undefined },
): void {
  const { standing, amountMinor, tells } = take;
  const { accountId } = billOf(sheet, standing.invoiceId);
  const through = standing.openCreditId === null ? undefined : sheet.openCredits.get(standing.openCreditId);
  if (through) {
    through.leftMinor += amountMinor;
    through.changed = true;
  } else {
    const kind = standing.paymentId === null ? "goodwill" : "payment";
    const sourceId = standing.paymentId ?? standing.creditId ?? "";
    growOpenCredit(openCreditOf(sheet, step, { accountId, kind, sourceId }), amountMinor);
  }
  const journal = post(sheet, step, { journal: "credit_unapplied", account: "receivable", accountId, amountMinor });
  post(sheet, step, { journal: "credit_unapplied", account: "unapplied", accountId, amountMinor: -amountMinor });
  takeOff(sheet, step, { standing, amountMinor, journal, tells });
}

/** Lowers what stands on a bill; the caller has posted (or shares) the journal. */
export function takeOff(
  sheet: Sheet,
  step: Step,
  take: { standing: Standing; amountMinor: bigint; journal: string; tells?: Told | undefined },
): void {
  const { standing, amountMinor, journal, tells } = take;
  const { invoiceId, effect, paymentId, creditId, openCreditId } = standing;
  const { accountId } = billOf(sheet, invoiceId);
  const { occurredOn } = step;
  const move = { invoiceId, accountId, effect, paymentId, creditId, openCreditId, journal, occurredOn, tells };
  moveOnBill(sheet, { ...move, amountMinor: -amountMinor });
  standing.amountMinor -= amountMinor;
}

/** Takes up to `amountMinor` off, the newest of the matching first. Returns what each gave. */
export function unapplyNewest(
  sheet: Sheet,
  step: Step,
  take: { amountMinor: bigint; matches: (standing: Standing) => boolean; tells?: Told | undefined },
): { invoiceId: string; amountMinor: bigint }[] {
  const { amountMinor, matches, tells } = take;
  const taken: { invoiceId: string; amountMinor: bigint }[] = [];
  let left = amountMinor;
  for (const standing of [...sheet.standing].reverse()) {
    if (!matches(standing)) continue;
    const part = minBigint(standing.amountMinor, left);
    if (part <= 0n) continue;
    unapplyStanding(sheet, step, { standing, amountMinor: part, tells });
    taken.push({ invoiceId: standing.invoiceId, amountMinor: part });
    left -= part;
  }
  return taken;
}

export type CreditGift = {
  creditId: string;
  invoiceId: string;
  amountMinor: bigint;
  /** Where the rest goes that no bill can take. */
  restKind: "credit_note" | "goodwill";
  journal: JournalKind;
  /** What bears it: revenue and tax, or an allowance. Sums to the amount. */
  debits: readonly { account: LedgerAccountKind; amountMinor: bigint }[];
};

/**
 * Rule 2: a credit beyond what is open first takes a write-off back, then un-applies what paid the bill, newest first
 * (a credit note goes before goodwill too), so that total = paid + credited + written off + open. What not even that
 * makes room for becomes open credit of the credit itself.
 */
export function creditOnSheet(
  sheet: Sheet,
  step: Step,
  gift: CreditGift,
): { onInvoiceMinor: bigint; restMinor: bigint } {
  const bill = billOf(sheet, gift.invoiceId);
  const { accountId } = bill;
  recoverWriteOff(sheet, step, { bill, amountMinor: minBigint(bill.writtenOffMinor, gift.amountMinor - openOf(bill)) });
  const onThisBill = (s: Standing) => s.invoiceId === bill.id;
  const paid = (s: Standing) => onThisBill(s) && s.effect === "paid";
  unapplyNewest(sheet, step, { amountMinor: gift.amountMinor - openOf(bill), matches: paid });
  if (gift.restKind === "credit_note") {
    const goodwill = (s: Standing) => onThisBill(s) && s.effect === "credited" && isGoodwill(s);
    unapplyNewest(sheet, step, { amountMinor: gift.amountMinor - openOf(bill), matches: goodwill });
  }
  const onInvoiceMinor = minBigint(gift.amountMinor, openOf(bill));
  const restMinor = gift.amountMinor - onInvoiceMinor;
  const journal = postGift(sheet, step, { ...gift, accountId, onInvoiceMinor });
  if (onInvoiceMinor > 0n) {
    const source = { paymentId: null, creditId: gift.creditId, openCreditId: null };
    const to = { invoiceId: bill.id, accountId, effect: "credited" as const, occurredOn: step.occurredOn };
    moveOnBill(sheet, { ...source, ...to, amountMinor: onInvoiceMinor, journal });
  }
  if (restMinor > 0n) {
    const key = { accountId, kind: gift.restKind, sourceId: gift.creditId };
    growOpenCredit(openCreditOf(sheet, step, key), restMinor);
  }
  return { onInvoiceMinor, restMinor };
}

const isGoodwill = (s: Standing): boolean => s.creditKind === "goodwill" || s.creditKind === "waiver";

type GiftPosting = Pick<CreditGift, "amountMinor" | "journal" | "debits"> & {
  accountId: string;
  onInvoiceMinor: bigint;
};

/** Debits what bears the credit; credits receivable by what came down on a bill, unapplied by the rest. */
export function postGift(sheet: Sheet, step: Step, gift: GiftPosting): string {
  const { journal, accountId, onInvoiceMinor, amountMinor } = gift;
  for (const debit of gift.debits) post(sheet, step, { journal, accountId, ...debit });
  post(sheet, step, { journal, account: "receivable", accountId, amountMinor: -onInvoiceMinor });
  return post(sheet, step, { journal, account: "unapplied", accountId, amountMinor: onInvoiceMinor - amountMinor });
}

/** "Paid after all": what was written off is owed again, so that a payment or a credit can take it; who bore it gets it back. */
export function recoverWriteOff(sheet: Sheet, step: Step, recovered: { bill: SheetBill; amountMinor: bigint }): void {
  const { bill, amountMinor } = recovered;
  if (amountMinor <= 0n) return;
  const { accountId } = bill;
  const kind = "write_off_recovered" as const;
  const journal = post(sheet, step, { journal: kind, account: "receivable", accountId, amountMinor });
  for (const { bearer, amountMinor: part } of takeNewest(bill.losses, amountMinor)) {
    post(sheet, step, { journal: kind, account: bearer, accountId, amountMinor: -part });
  }
  const source = { paymentId: null, creditId: null, openCreditId: null };
  const { occurredOn } = step;
  const move = { ...source, invoiceId: bill.id, accountId, effect: "written_off" as const, journal, occurredOn };
  moveOnBill(sheet, { ...move, amountMinor: -amountMinor });
}
