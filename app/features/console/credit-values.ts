import { type CreditCommand, type GivenReason } from "#app/contracts/credit-command.ts";
import { money, toDecimal } from "#app/contracts/money.ts";
import type { Bill } from "#server/domains/invoices/index.ts";

/** The credit form's fields as a command fills them; what it does not say is at its usual value. */
export type CreditValues = {
  amount: string;
  kind: "goodwill" | "credit_note";
  reason: GivenReason;
  /** A bill's id; empty for none. */
  bill: string;
  note: string;
};

export function creditValues(
  command: CreditCommand | null,
  bills: readonly { id: string; number: string }[],
): CreditValues {
  const reason = command?.reason ?? "service_issue";
  return {
    amount: command?.amountText ?? "",
    kind: command?.kind ?? (reason === "billed_wrong" ? "credit_note" : "goodwill"),
    reason,
    bill: bills.find((bill) => bill.number === command?.bill)?.id ?? bills[0]?.id ?? "",
    note: command?.note ?? "",
  };
}

/** What the form begins with where somebody comes from a bill's page: that bill, and of a late fee all that is left. */
export function creditOn(bill: Pick<Bill, "number" | "kind" | "openMinor" | "currency">): CreditCommand {
  const isFee = bill.kind === "late_fee";
  const amount = isFee ? money(bill.openMinor, bill.currency) : null;
  return {
    ...{ amount, amountRefusal: null, amountText: amount === null ? "" : toDecimal(amount), note: "" },
    ...{ kind: isFee ? "goodwill" : null, reason: isFee ? "late_fee" : null, bill: bill.number },
  };
}

/** A command that says how much and why can be given as it stands; any other one opens the form. */
export const saysEnough = (command: CreditCommand): boolean => command.amount !== null && command.reason !== null;
