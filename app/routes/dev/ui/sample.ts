import { currency } from "#app/contracts/currency.ts";
import { localDate } from "#app/contracts/local-date.ts";
import { type Money, money } from "#app/contracts/money.ts";

export const usd = (amountMinor: bigint): Money => money(amountMinor, currency("USD"));

export const HARBOR = { name: "Harbor Water", logoUrl: null };

export const BILLS = [
  {
    number: "INV-10423",
    issuedOn: localDate("2026-11-03"),
    total: usd(11210n),
    state: "Due Fri, Nov 27",
    tone: "waiting",
  },
  { number: "INV-10377", issuedOn: localDate("2026-10-03"), total: usd(4210n), state: "9 days late", tone: "overdue" },
  { number: "INV-10331", issuedOn: localDate("2026-09-03"), total: usd(3000n), state: "In dispute", tone: "dispute" },
  { number: "INV-10288", issuedOn: localDate("2026-08-03"), total: usd(10876n), state: "Paid", tone: "settled" },
  { number: "CN-2041", issuedOn: localDate("2026-07-14"), total: usd(-1200n), state: "Used", tone: "done" },
] as const;

export const BARS = Array.from({ length: 24 }, (_, at) => ({
  key: String(at),
  label: `Month ${at + 1}`,
  text: `$${80 + ((at * 37) % 61)}.00`,
  size: at === 8 ? 0 : 80 + ((at * 37) % 61),
}));
