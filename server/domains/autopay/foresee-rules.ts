import { addDays, type LocalDate } from "#app/contracts/local-date.ts";
import { maxBigint } from "#app/contracts/money.ts";

import { type AnnouncedBill, type AutopayWish, type DraftableBill, draftsToAnnounce } from "./rules.ts";

export type ForeseenDraft = { draftOn: LocalDate; bills: AnnouncedBill[] };

/** A bill may be due years from now; what autopay does so far out nobody needs to know. */
const MOST_DAYS = 400;

/**
 * What autopay will announce, and for which days, if nothing but its own drafts happens: the rule of every day from today
 * to `until`, one after another. A bill is named by one draft at a time; what that one leaves of it may be the next one's.
 */
export function foreseeDrafts({
  wish,
  bills,
  standing,
  givenUp,
  monthsTaken,
  today,
  until,
  noticeDays,
  chargeable,
}: {
  wish: AutopayWish;
  bills: readonly DraftableBill[];
  /** The mandate's drafts that wait for their day. */
  standing: readonly ForeseenDraft[];
  /** Bills that this mandate does not draft any more. */
  givenUp: ReadonlySet<string>;
  monthsTaken: ReadonlySet<string>;
  today: LocalDate;
  until: LocalDate;
  noticeDays: number;
  /** What the processor can charge of it: nothing where the sum is too small. */
  chargeable: (parts: AnnouncedBill[]) => AnnouncedBill[];
}): ForeseenDraft[] {
  const left = new Map(bills.map((bill) => [bill.invoiceId, bill.payableMinor]));
  const months = new Set(monthsTaken);
  let waiting = [...standing];
  const foreseen: ForeseenDraft[] = [];
  const last = until < addDays(today, MOST_DAYS) ? until : addDays(today, MOST_DAYS);
  for (let day = today; day <= last; day = addDays(day, 1)) {
    for (const { bills: taken } of waiting.filter(({ draftOn }) => draftOn <= day)) {
      for (const { invoiceId, announcedMinor } of taken) {
        left.set(invoiceId, maxBigint((left.get(invoiceId) ?? 0n) - announcedMinor, 0n));
      }
    }
    waiting = waiting.filter(({ draftOn }) => draftOn > day);
    const named = new Set(waiting.flatMap((draft) => draft.bills.map(({ invoiceId }) => invoiceId)));
    const free = bills
      .filter(({ invoiceId }) => !named.has(invoiceId) && !givenUp.has(invoiceId))
      .map((bill) => ({ ...bill, payableMinor: left.get(bill.invoiceId) ?? 0n }));
    for (const { draftOn, bills: wanted } of draftsToAnnounce({
      ...{ wish, bills: free, today: day, noticeDays, monthsTaken: months },
    })) {
      const parts = chargeable(wanted);
      if (parts.length === 0) continue;
      waiting.push({ draftOn, bills: parts });
      foreseen.push({ draftOn, bills: parts });
      months.add(draftOn.slice(0, 7));
    }
  }
  return foreseen;
}
