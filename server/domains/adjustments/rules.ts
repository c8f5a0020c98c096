import { type CreditReason, type LedgerAccountKind } from "#db/schema/index.ts";
import { type Policy } from "#server/domains/business/index.ts";
import { splitInProportion } from "#server/domains/invoices/index.ts";
import { type Refusal, refuse } from "#server/platform/result.ts";

export type StaffRole = "rep" | "supervisor" | "admin";
const ROLES: readonly StaffRole[] = ["rep", "supervisor", "admin"];

export type LimitRefusal =
  /** Above what this role may give by one credit; `who` is the smallest role that may. */
  | (Refusal<"above_limit"> & { limitMinor: bigint; who: StaffRole | null })
  /** Within the limit of one credit, but not of the day. */
  | (Refusal<"above_day_limit"> & { limitMinor: bigint; leftMinor: bigint; who: StaffRole | null });

/** Whether a role may give this amount now, after what it gave today. Amounts in minor units of the account's currency. */
export function checkLimit({
  role,
  amountMinor,
  givenTodayMinor,
  limits,
}: {
  role: StaffRole;
  amountMinor: bigint;
  givenTodayMinor: bigint;
  limits: Policy<"credit_limits">;
}): LimitRefusal | null {
  const { perActionMinor, perDayMinor } = limits[role];
  const who = whoMay({ role, amountMinor, limits });
  if (perActionMinor !== null && amountMinor > perActionMinor) {
    return refuse("above_limit", { limitMinor: perActionMinor, who });
  }
  if (perDayMinor !== null && givenTodayMinor + amountMinor > perDayMinor) {
    const leftMinor = givenTodayMinor < perDayMinor ? perDayMinor - givenTodayMinor : 0n;
    return refuse("above_day_limit", { limitMinor: perDayMinor, leftMinor, who });
  }
  return null;
}

function whoMay({
  role,
  amountMinor,
  limits,
}: {
  role: StaffRole;
  amountMinor: bigint;
  limits: Policy<"credit_limits">;
}): StaffRole | null {
  const allows = (other: StaffRole) => {
    const { perActionMinor, perDayMinor } = limits[other];
    return (perActionMinor ?? amountMinor) >= amountMinor && (perDayMinor ?? amountMinor) >= amountMinor;
  };
  return ROLES.slice(ROLES.indexOf(role) + 1).find(allows) ?? null;
}

const ALLOWANCES: Record<CreditReason, LedgerAccountKind> = {
  billed_wrong: "allowance_billing_error",
  duplicate_charge: "allowance_billing_error",
  dispute: "allowance_billing_error",
  imported: "allowance_billing_error",
  service_issue: "allowance_service_issue",
  late_fee: "allowance_late_fee",
  goodwill: "allowance_goodwill",
  hardship: "allowance_hardship",
  uncollectable: "allowance_hardship",
};

/** The allowance that bears a goodwill credit, by its reason. */
export const allowanceOf = (reason: CreditReason): LedgerAccountKind => ALLOWANCES[reason];

export type CreditableLine = { id: string; amountMinor: bigint; taxMinor: bigint; creditedMinor: bigint };
export type LineCredit = { invoiceLineId: string; amountMinor: bigint; taxMinor: bigint };

/** What credit notes may still take of a line, tax included. */
export const leftOfLine = ({ amountMinor, taxMinor, creditedMinor }: CreditableLine): bigint => {
  const left = amountMinor + taxMinor - creditedMinor;
  return left > 0n ? left : 0n;
};

/**
 * Spreads a credit note over lines in proportion to what is left of each, exactly; each part carries its line's share of
 * tax, rounded once. Null when the lines have less left than the amount.
 */
export function spreadOverLines(lines: readonly CreditableLine[], amountMinor: bigint): LineCredit[] | null {
  const left = lines.map(leftOfLine);
  if (left.reduce((sum, part) => sum + part, 0n) < amountMinor) return null;
  return splitInProportion(amountMinor, left).flatMap((part, at) => {
    const line = lines[at];
    if (!line || part === 0n) return [];
    const whole = line.amountMinor + line.taxMinor;
    const [taxMinor = 0n] = splitInProportion(part, [line.taxMinor, whole - line.taxMinor]);
    return [{ invoiceLineId: line.id, amountMinor: part - taxMinor, taxMinor }];
  });
}
