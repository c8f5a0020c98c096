import { type Currency } from "./currency.ts";
import { money, type Money } from "./money.ts";

/** A bill as a pay form shows it: its number, what is asked for, and whether a payment of it is under way. */
export type ShownBill = { invoiceId: string; number: string; payableMinor: bigint; mostMinor: bigint };

export type PayChange =
  | { kind: "gone" | "under_way" | "nothing_more"; number: string }
  | { kind: "amount"; number: string; was: Money; now: Money }
  | { kind: "new"; number: string; now: Money };

/** A bill as the form showed it. */
export type SeenBill = Omit<ShownBill, "mostMinor">;

/** What the form shows, as one hidden field: it comes back with the form and serves words alone, never a sum. */
export const writeShown = (bills: readonly ShownBill[]): string =>
  JSON.stringify(bills.map(({ invoiceId, number, payableMinor }) => [invoiceId, number, String(payableMinor)]));

/** What is different for whoever looked at the form: their bills first, in the form's order, then new ones. */
export function payChanges(seen: readonly SeenBill[], now: readonly ShownBill[], currency: Currency): PayChange[] {
  const known = new Set(seen.map((bill) => bill.invoiceId));
  const changed = seen.flatMap(({ invoiceId, number, payableMinor }): PayChange[] => {
    const bill = now.find((one) => one.invoiceId === invoiceId);
    if (!bill) return [{ kind: "gone", number }];
    if (bill.payableMinor === payableMinor) return [];
    if (bill.mostMinor <= 0n) return [{ kind: "under_way", number }];
    if (bill.payableMinor === 0n) return [{ kind: "nothing_more", number }];
    return [{ kind: "amount", number, was: money(payableMinor, currency), now: money(bill.payableMinor, currency) }];
  });
  const fresh = now.filter((bill) => !known.has(bill.invoiceId) && bill.payableMinor > 0n);
  return [
    ...changed,
    ...fresh.map(({ number, payableMinor }): PayChange => ({
      kind: "new",
      number,
      now: money(payableMinor, currency),
    })),
  ];
}
