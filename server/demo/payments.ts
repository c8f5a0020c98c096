import { addDays, type LocalDate } from "#app/contracts/local-date.ts";
import { type ImportedPayment } from "#server/domains/payments/index.ts";

import { type DemoBill } from "./bills.ts";
import { dice } from "./random.ts";

/** How many of an owing account's newest bills nobody has paid. */
const OWING_BILLS = 3;

type PastMethod = NonNullable<ImportedPayment["method"]>;

/**
 * What the town's old system took for these bills, on its true dates. Whoever pays promptly pays before the due date,
 * late payers after it, and owing ones stopped some months ago; nothing is paid after `until`.
 */
export function pastPayments(
  bills: readonly DemoBill[],
  { today, until }: { today: LocalDate; until: LocalDate },
): { bill: DemoBill; paidOn: LocalDate; method: PastMethod }[] {
  const owingFrom = addDays(today, -31 * OWING_BILLS);
  return bills.flatMap((bill) => {
    const { account, invoice } = bill;
    const random = dice(hash(invoice.idempotencyKey));
    if (account.pays === "owing" && invoice.issuedOn > owingFrom) return [];
    const due = invoice.dueOn;
    const paidOn = account.pays === "late" ? addDays(due, random.whole(2, 24)) : addDays(due, -random.whole(0, 16));
    if (paidOn > until) return [];
    return [{ bill, paidOn, method: methodOf(account.number, random.whole(1_000, 9_999)) }];
  });
}

/** People keep to their way of paying. */
function methodOf(accountNumber: string, check: number): PastMethod {
  const random = dice(hash(accountNumber));
  const last4 = String(random.whole(1_000, 9_999));
  const way = random.next();
  if (way < 0.45) return { kind: "card", label: `${random.pick(["Visa", "Mastercard", "Discover"])} ··${last4}` };
  if (way < 0.7)
    return { kind: "bank_debit", label: `${random.pick(["First Harbor Bank", "Tidewater Credit Union"])} ··${last4}` };
  if (way < 0.9) return { kind: "check", label: `Check ${String(check)}` };
  if (way < 0.97) return { kind: "transfer", label: "Bank transfer" };
  return { kind: "cash", label: "Cash at the counter" };
}

/** FNV-1a: a number of its own for each text. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const sign of text) value = Math.imul(value ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}
