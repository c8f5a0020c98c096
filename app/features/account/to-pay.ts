import { type LocalDate } from "#app/contracts/local-date.ts";
import { isZero, type Money, subtractMoney } from "#app/contracts/money.ts";
import type { AccountMoney } from "#server/domains/invoices/index.ts";

/** Where an account stands, as the landing tells it. One of these, the most pressing first. */
export type Standing =
  /** Nothing was ever billed. */
  | { kind: "new" }
  /** Nothing is open. */
  | { kind: "clear" }
  /** All that is asked for is late. */
  | { kind: "late" }
  /** None of it is late, or a part (`late`); the rest has a day. */
  | { kind: "due"; by: LocalDate; today: boolean; late: boolean }
  /** Something is payable, and open credit covers it. */
  | { kind: "covered" }
  /** Something is open, and all of it is spoken for: on its way, in dispute, with a bank, on a plan. */
  | { kind: "held" };

type Facts = Pick<AccountMoney, "open" | "payable" | "toPayNow" | "lateToPayNow" | "nextDueOn">;

/** `everBilled`: whether any bill exists. `today` in the account's zone. */
export function standingOf(money: Facts, { everBilled, today }: { everBilled: boolean; today: LocalDate }): Standing {
  if (isZero(money.open)) return { kind: everBilled ? "clear" : "new" };
  if (isZero(money.payable)) return { kind: "held" };
  if (isZero(money.toPayNow)) return { kind: "covered" };
  if (money.nextDueOn === null) return { kind: "late" };
  const by = money.nextDueOn;
  return { kind: "due", by, today: by === today, late: !isZero(money.lateToPayNow) };
}

export type LessKind = "dispute" | "processing" | "review" | "plan" | "scheduled" | "credit";

/**
 * What makes "to pay now" less than what is open, in the order people ask about it. Together with "to pay now" they
 * add up to open; credit that is not needed for that is not counted.
 */
export function lessThanOpen(money: AccountMoney): { kind: LessKind; amount: Money }[] {
  const usedCredit = subtractMoney(money.payable, money.toPayNow);
  const parts: { kind: LessKind; amount: Money }[] = [
    { kind: "dispute", amount: money.inDispute },
    { kind: "processing", amount: money.processing },
    { kind: "review", amount: money.underReview },
    { kind: "plan", amount: money.planned },
    { kind: "scheduled", amount: money.scheduled },
    { kind: "credit", amount: usedCredit },
  ];
  return parts.filter((part) => !isZero(part.amount));
}
