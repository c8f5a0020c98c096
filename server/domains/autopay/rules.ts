import { chargeable, type ChargeMethod, chargeStep } from "#app/contracts/chargeable.ts";
import { type Currency } from "#app/contracts/currency.ts";
import { addDays, type LocalDate } from "#app/contracts/local-date.ts";
import { minBigint, money } from "#app/contracts/money.ts";
import { type AutopayAmount, type DraftState } from "#db/schema/index.ts";
import { type ChosenBill } from "#server/domains/payments/index.ts";
import { type Failure, type FailureCode } from "#server/platform/processor.ts";

const NEXT: Record<DraftState, readonly DraftState[]> = {
  announced: ["in_flight", "failed", "canceled"],
  // Back to announced: there will be another attempt.
  in_flight: ["paid", "announced", "failed"],
  // Money that came back after all: a debit returned days later.
  paid: ["failed"],
  failed: ["paid"],
  canceled: [],
};

/** Whether a draft may move. Staying is not moving; a failed one is paid when the processor settled it after all. */
export const draftMayMove = (from: DraftState, to: DraftState): boolean => NEXT[from].includes(to);

export type DraftableBill = { invoiceId: string; dueOn: LocalDate; payableMinor: bigint };
export type AnnouncedBill = { invoiceId: string; announcedMinor: bigint };

/**
 * What a draft takes today: of each bill what was announced of it, and never more than is payable or held by its own
 * claim. Empty when nothing is left to take.
 */
export function partsToTake(
  announced: readonly AnnouncedBill[],
  payable: ReadonlyMap<string, { payableMinor: bigint; ownHeldMinor: bigint }>,
): ChosenBill[] {
  return announced.flatMap(({ invoiceId, announcedMinor }) => {
    const bill = payable.get(invoiceId);
    const amountMinor = bill ? minBigint(announcedMinor, bill.payableMinor + bill.ownHeldMinor) : 0n;
    return amountMinor > 0n ? [{ invoiceId, amountMinor }] : [];
  });
}

/** Parts whose sum the processor can charge: what is off its grid is left out of the last ones. */
export function trimToGrid(parts: readonly ChosenBill[], stepMinor: bigint): ChosenBill[] {
  let over = parts.reduce((sum, part) => sum + part.amountMinor, 0n) % stepMinor;
  return parts
    .toReversed()
    .flatMap((part) => {
      const less = minBigint(over, part.amountMinor);
      over -= less;
      return part.amountMinor > less ? [{ ...part, amountMinor: part.amountMinor - less }] : [];
    })
    .toReversed();
}

/** What the processor can charge of a draft: nothing where the sum is too small for it. */
export function chargeableParts(
  wanted: readonly AnnouncedBill[],
  { currency, kind }: { currency: Currency; kind: ChargeMethod },
): AnnouncedBill[] {
  const parts = wanted.map(({ invoiceId, announcedMinor }) => ({ invoiceId, amountMinor: announcedMinor }));
  const trimmed = trimToGrid(parts, chargeStep(currency));
  const sum = trimmed.reduce((total, part) => total + part.amountMinor, 0n);
  if (!chargeable(money(sum, currency), kind).ok) return [];
  return trimmed.map(({ invoiceId, amountMinor }) => ({ invoiceId, announcedMinor: amountMinor }));
}

export type AutopayWish = { amountKind: AutopayAmount; fixedMinor: bigint | null; daysBeforeDue: number };

/**
 * The drafts to announce today. `bills` are payable, oldest due first, none of them named by a draft that stands. A bill is
 * drafted `daysBeforeDue` before it is due, and never sooner than `noticeDays` after the notice. `full_balance` takes
 * along every other payable bill; `fixed` takes at most its amount, oldest first, and once a month.
 */
export function draftsToAnnounce({
  wish,
  bills,
  today,
  noticeDays,
  monthsTaken,
}: {
  wish: AutopayWish;
  bills: readonly DraftableBill[];
  today: LocalDate;
  noticeDays: number;
  /** `YYYY-MM` of the drafts that this enrolment already has. */
  monthsTaken: ReadonlySet<string>;
}): { draftOn: LocalDate; bills: AnnouncedBill[] }[] {
  const soonest = addDays(today, noticeDays);
  const dayOf = (bill: DraftableBill): LocalDate => {
    const wished = addDays(bill.dueOn, -wish.daysBeforeDue);
    return wished < soonest ? soonest : wished;
  };
  // Noticed when its notice is due: what may wait is announced later, closer to its day.
  const due = bills.filter((bill) => bill.payableMinor > 0n && dayOf(bill) <= soonest);
  if (due.length === 0) return [];
  if (wish.amountKind === "fixed") {
    if (monthsTaken.has(soonest.slice(0, 7))) return [];
    const parts = upTo(due, wish.fixedMinor ?? 0n);
    return parts.length > 0 ? [{ draftOn: soonest, bills: parts }] : [];
  }
  const taken = wish.amountKind === "full_balance" ? bills.filter((bill) => bill.payableMinor > 0n) : due;
  return [{ draftOn: soonest, bills: taken.map((bill) => ({ ...idOf(bill), announcedMinor: bill.payableMinor })) }];
}

const idOf = ({ invoiceId }: DraftableBill) => ({ invoiceId });

function upTo(bills: readonly DraftableBill[], mostMinor: bigint): AnnouncedBill[] {
  let left = mostMinor;
  return bills.flatMap((bill) => {
    const announcedMinor = minBigint(left, bill.payableMinor);
    left -= announcedMinor;
    return announcedMinor > 0n ? [{ invoiceId: bill.invoiceId, announcedMinor }] : [];
  });
}

/** What trying again cannot mend: the card is gone, the account is closed, the bank was told to refuse us. */
const HARD: readonly FailureCode[] = [
  "expired_card",
  "incorrect_number",
  "incorrect_cvc",
  "incorrect_postal_code",
  "card_lost_or_stolen",
  "authentication_failed",
  "bank_account_closed",
  "bank_account_unusable",
  "debit_not_authorized",
  "verification_failed",
  "method_not_usable",
  "amount_too_small",
  "amount_too_large",
];

/**
 * The same, in the bank's own words: those that mean fraud or a lost card are told to nobody, so our word for them is that
 * of any decline. Source: docs.stripe.com/declines/codes.
 */
const HARD_DECLINES: readonly string[] = [
  ...["lost_card", "stolen_card", "pickup_card", "fraudulent", "merchant_blacklist", "restricted_card"],
  ...["security_violation", "stop_payment_order", "revocation_of_authorization", "revocation_of_all_authorizations"],
  ...["invalid_account", "card_not_supported", "currency_not_supported", "transaction_not_allowed", "not_permitted"],
  ...["service_not_allowed", "authentication_required", "do_not_try_again", "new_account_information_available"],
];

/**
 * A card is tried four times within ten days: those who are short have a payday in between, and nobody is pestered. Card
 * networks allow 15 attempts in 30 days. Source: docs.stripe.com/declines/card, "retry limits".
 */
const CARD_AFTER_DAYS = [1, 3, 5];
/** A debit for missing funds may be presented twice again. Source: Nacha Operating Rules, "Reinitiation of Entries". */
const BANK_AFTER_DAYS = [4, 7];

/**
 * The day to try again, or null when that is over, would not help, or the card's network advises against it. `attempts`
 * are those made, the failed one included.
 */
export function nextTry({
  kind,
  failure,
  attempts,
  today,
}: {
  kind: "card" | "bank_debit";
  failure: Failure;
  attempts: number;
  today: LocalDate;
}): LocalDate | null {
  const { code, declineCode, advice } = failure;
  if (HARD.includes(code) || HARD_DECLINES.includes(declineCode ?? "")) return null;
  if (advice === "do_not_try_again" || advice === "confirm_card_data") return null;
  if (kind === "bank_debit" && code !== "insufficient_funds" && code !== "processing_error") return null;
  const days = afterDays(kind)[attempts - 1];
  return days === undefined ? null : addDays(today, days);
}

const afterDays = (kind: "card" | "bank_debit"): readonly number[] =>
  kind === "card" ? CARD_AFTER_DAYS : BANK_AFTER_DAYS;

/** The day of the last try if every one until then fails; the next one is on `tryOn`, after `attempts` that failed. */
export const lastTry = (
  kind: "card" | "bank_debit",
  { attempts, tryOn }: { attempts: number; tryOn: LocalDate },
): LocalDate =>
  addDays(
    tryOn,
    afterDays(kind)
      .slice(attempts)
      .reduce((sum, days) => sum + days, 0),
  );

/**
 * One mail when a draft fails first, also from a card or bank account that was chosen since, and one when it is over: a try
 * in between that fails as well is no news.
 */
export const isNewsOfFailure = (of: { firstOfMethod: boolean; tryOn: LocalDate | null }): boolean =>
  of.firstOfMethod || of.tryOn === null;

/** The last day a saved method can be charged; null for what does not expire. */
export const cardExpiry = ({ expYear, expMonth }: { expYear: number | null; expMonth: number | null }) =>
  expYear === null || expMonth === null ? null : expiryOf(expYear, expMonth);

/** The last day of a card that will have expired on a day; null where it can be charged then. */
export function cardEndBefore(method: { expYear: number | null; expMonth: number | null }, day: LocalDate) {
  const lastOn = cardExpiry(method);
  return lastOn !== null && lastOn < day ? lastOn : null;
}

/** The last day of a card's month. */
export function expiryOf(expYear: number, expMonth: number): LocalDate {
  const last = new Date(Date.UTC(expYear, expMonth, 0));
  return last.toISOString().slice(0, 10) as LocalDate;
}
