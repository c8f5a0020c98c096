import { addBusinessDays, addDays, type LocalDate } from "#app/contracts/local-date.ts";
import { type DisputeState } from "#db/schema/index.ts";

export const DISPUTE_STEPS = [
  "acknowledge",
  "investigate",
  "ask_customer",
  "customer_replied",
  "resolve_for_customer",
  "resolve_partially",
  "deny",
  "withdraw",
  "appeal",
  "close",
  "reopen",
] as const;
export type DisputeStep = (typeof DISPUTE_STEPS)[number];

const TO: Record<DisputeStep, { from: readonly DisputeState[]; to: DisputeState }> = {
  acknowledge: { from: ["open", "reopened"], to: "acknowledged" },
  investigate: { from: ["open", "acknowledged", "appealed", "reopened"], to: "investigating" },
  ask_customer: { from: ["open", "acknowledged", "investigating", "reopened"], to: "waiting_on_customer" },
  customer_replied: { from: ["waiting_on_customer"], to: "investigating" },
  resolve_for_customer: {
    from: ["open", "acknowledged", "investigating", "waiting_on_customer", "appealed", "reopened"],
    to: "resolved_for_customer",
  },
  resolve_partially: {
    from: ["open", "acknowledged", "investigating", "waiting_on_customer", "appealed", "reopened"],
    to: "resolved_partially",
  },
  deny: {
    from: ["open", "acknowledged", "investigating", "waiting_on_customer", "appealed", "reopened"],
    to: "denied",
  },
  withdraw: {
    from: ["open", "acknowledged", "investigating", "waiting_on_customer", "appealed", "reopened"],
    to: "withdrawn",
  },
  appeal: { from: ["resolved_partially", "denied"], to: "appealed" },
  close: { from: ["resolved_for_customer", "resolved_partially", "denied"], to: "closed" },
  reopen: { from: ["withdrawn", "closed"], to: "reopened" },
};

/** The state a step leads to, or null when a case in that state does not take it. An appeal is made once. */
export function nextState(state: DisputeState, step: DisputeStep, facts: { appealed: boolean }): DisputeState | null {
  if (step === "appeal" && facts.appealed) return null;
  const move = TO[step];
  return move.from.includes(state) ? move.to : null;
}

/** While a case is live its amount is held out of what is asked for. */
export const isLive = (state: DisputeState): boolean => TO.deny.from.includes(state);

/** The steps a case takes now: the buttons to show. */
export const stepsFrom = (state: DisputeState, facts: { appealed: boolean }): DisputeStep[] =>
  DISPUTE_STEPS.filter((step) => nextState(state, step, facts) !== null);

export type ClockPolicy = {
  acknowledgeWithinDays: number;
  resolveWithinDays: number;
  businessDays: boolean;
  appealWithinDays: number;
};

/**
 * The days a case owes the customer, counted from the local day on which notice was given (day 0). A clock in business
 * days counts Monday to Friday. The numbers are the biller's policy, see NUMBERS in docs: templates, never law.
 */
export function clockFrom(
  policy: ClockPolicy,
  noticeOn: LocalDate,
): { acknowledgeBy: LocalDate; resolveBy: LocalDate } {
  const add = policy.businessDays ? addBusinessDays : addDays;
  return {
    acknowledgeBy: add(noticeOn, policy.acknowledgeWithinDays),
    resolveBy: add(noticeOn, policy.resolveWithinDays),
  };
}

export type ClockState = "on_time" | "due_soon" | "breached" | "none";

/** How the case stands against its next promise: nothing to promise once it is decided or imported. */
export function clockState(
  dispute: {
    state: DisputeState;
    acknowledgeBy: LocalDate | null;
    resolveBy: LocalDate | null;
    acknowledgedAt: Date | null;
  },
  today: LocalDate,
): { state: ClockState; dueOn: LocalDate | null } {
  if (!isLive(dispute.state) || dispute.resolveBy === null) return { state: "none", dueOn: null };
  const dueOn = dispute.acknowledgedAt === null ? (dispute.acknowledgeBy ?? dispute.resolveBy) : dispute.resolveBy;
  if (today > dueOn) return { state: "breached", dueOn };
  return { state: today >= addDays(dueOn, -2) ? "due_soon" : "on_time", dueOn };
}

export type AmountFacts = { askedMinor: bigint; mostMinor: bigint };

/** A dispute is about a positive amount no larger than what can still be in question. */
export function decideAmount({ askedMinor, mostMinor }: AmountFacts): "allowed" | "nothing_left" | "above_most" {
  if (mostMinor <= 0n) return "nothing_left";
  return askedMinor > mostMinor ? "above_most" : "allowed";
}
