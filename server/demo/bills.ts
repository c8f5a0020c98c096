import { addDays, type LocalDate, localDate } from "#app/contracts/local-date.ts";
import { type NewInvoice } from "#server/domains/invoices/index.ts";

import { DEMO_MONTHS, type DemoAccount } from "./people.ts";
import { dice, type Dice } from "./random.ts";

const TERM_DAYS = 21;
/** Maine's summer fills pools and gardens. */
const SEASON = [0.8, 0.8, 0.85, 0.95, 1.1, 1.35, 1.6, 1.55, 1.2, 1, 0.85, 0.8] as const;

export type DemoBill = { account: DemoAccount; invoice: Omit<NewInvoice, "accountId"> };

/** Each account's bills since its first, up to and including this month's, oldest first. */
export function demoBills(accounts: readonly DemoAccount[], today: LocalDate): DemoBill[] {
  const [year = 0, month = 0] = today.split("-").map(Number);
  return Array.from({ length: DEMO_MONTHS }, (_, at) => DEMO_MONTHS - 1 - at).flatMap((back) => {
    const first = new Date(Date.UTC(year, month - 1 - back, 1));
    const billed = accounts.filter(({ since }) => back < since);
    return billed.flatMap((account) => {
      const random = dice(first.getTime() / 86_400_000 + Number(account.number.slice(4)) * 7_919);
      const issuedOn = localDate(`${first.toISOString().slice(0, 8)}${String(account.cycleDay).padStart(2, "0")}`);
      return issuedOn > today ? [] : [{ account, invoice: billOf({ account, issuedOn, random }) }];
    });
  });
}

function billOf({ account, issuedOn, random }: { account: DemoAccount; issuedOn: LocalDate; random: Dice }) {
  const month = Number(issuedOn.slice(5, 7));
  const used = Math.max(0.5, account.usage * (SEASON[month - 1] ?? 1) * (0.85 + random.next() * 0.3));
  const water = used.toFixed(1);
  const sewer = (used * 0.82).toFixed(1);
  return {
    issuedOn,
    dueOn: addDays(issuedOn, TERM_DAYS),
    silent: true,
    idempotencyKey: `demo-bill:${account.number}:${issuedOn}`,
    lines: [
      {
        ...{ description: "Water", quantity: water, unit: "thousand gallons", unitPrice: "5.875" },
        explanation: `Your meter counted ${water} thousand gallons since the last bill.`,
      },
      {
        ...{ description: "Sewer", quantity: sewer, unit: "thousand gallons", unitPrice: "7.26" },
        explanation: "Measured as 82% of your water: what a garden drinks does not reach the sewer.",
      },
      {
        ...{ description: "Service charge", quantity: "1", unit: "month", unitPrice: account.firm ? "31.50" : "14.20" },
        explanation: "Pipes, pumps and meters, whatever you use.",
      },
      ...extras({ account, month, random }),
    ],
  };
}

function extras({ account, month, random }: { account: DemoAccount; month: number; random: Dice }) {
  const collection = {
    ...{ description: "Recycling and refuse", unit: "pick-ups", taxRate: "0.055" },
    ...(account.firm ? { quantity: "8", unitPrice: "18.75" } : { quantity: "4", unitPrice: "5.15" }),
    explanation: "One pick-up a week; sales tax of 5.5% applies.",
  };
  const backflow = {
    ...{ description: "Backflow test", quantity: "1", unitPrice: "42.00", taxRate: "0.055" },
    explanation: "Once a year, required for connections with irrigation.",
  };
  return [collection, ...(month === 5 && random.chance(0.3) ? [backflow] : [])];
}
