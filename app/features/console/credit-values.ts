import { type CreditCommand, type GivenReason } from "#app/contracts/credit-command.ts";

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

/** A command that says how much and why can be given as it stands; any other one opens the form. */
export const saysEnough = (command: CreditCommand): boolean => command.amount !== null && command.reason !== null;
