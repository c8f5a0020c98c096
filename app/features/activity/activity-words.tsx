import { CREDIT_KIND_WORDS } from "#app/contracts/messages/credits.ts";
import { encodeId } from "#app/contracts/ids.ts";
import { type Tone } from "#app/ui/status.tsx";
import type { Activity } from "#server/domains/statements/index.ts";

import { billPath } from "../bills/bill-path.ts";
import { disputeState } from "./dispute-state.ts";

export type ActivityWords = {
  what: string;
  /** Where it is told in full. */
  to: string | null;
  state: { tone: Tone; word: string } | null;
  /** What it did to the balance: lowers it (shown with a minus), raises it, or leaves it as it is (shown quietly). */
  moves: "down" | "up" | "not";
};

/** One line of the history in words. */
export function activityWords(item: Activity): ActivityWords {
  switch (item.kind) {
    case "bill":
      return {
        what: item.lateFee ? `Late fee ${item.number}` : `Bill ${item.number}`,
        to: billPath(item.number),
        state: item.voided ? { tone: "done", word: "Canceled" } : null,
        moves: item.voided ? "not" : "up",
      };
    case "payment":
      return { ...paymentWords(item), to: `/payments/${encodeId("payment", item.id)}` };
    case "credit": {
      const word = CREDIT_KIND_WORDS[item.creditKind];
      return {
        what: item.billNumber === null ? word : `${word} on ${item.billNumber}`,
        to: item.billNumber === null ? null : billPath(item.billNumber),
        state: null,
        moves: "down",
      };
    }
    case "dispute":
      return {
        what: item.billNumber === null ? `Dispute ${item.number}` : `Dispute ${item.number} on ${item.billNumber}`,
        to: `/disputes/${encodeURIComponent(item.number)}`,
        state: disputeState(item.state),
        moves: "not",
      };
  }
}

type Payment = Extract<Activity, { kind: "payment" }>;

function paymentWords(item: Payment): Omit<ActivityWords, "to"> {
  const what = item.methodLabel ? `Payment, ${item.methodLabel}` : "Payment";
  switch (item.state) {
    case "settled":
      return { what, state: wentBack(item), moves: item.takenBackMinor < item.amountMinor ? "down" : "not" };
    case "requested":
    case "processing":
      return { what, state: { tone: "waiting", word: "Processing" }, moves: "not" };
    case "requires_action":
      return { what, state: { tone: "waiting", word: "Waits for you" }, moves: "not" };
    case "failed":
      return { what, state: { tone: "overdue", word: "Did not go through" }, moves: "not" };
    case "canceled":
      return { what, state: { tone: "done", word: "Canceled" }, moves: "not" };
  }
}

/** What went back of a settled payment: what the bank took comes before what was refunded. */
function wentBack({ amountMinor, takenBackMinor, refundedMinor }: Payment): ActivityWords["state"] {
  if (takenBackMinor > 0n) {
    return { tone: "overdue", word: takenBackMinor < amountMinor ? "Partly taken back" : "Taken back" };
  }
  if (refundedMinor === 0n) return null;
  return { tone: "done", word: refundedMinor < amountMinor ? "Partly refunded" : "Refunded" };
}
