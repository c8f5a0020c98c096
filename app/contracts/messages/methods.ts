/** What is said after a change to saved cards and bank accounts. */
export const METHOD_DONE = {
  default: "That one is offered first from now on.",
  add: "It is saved. You can pay with it from now on.",
  waiting: "Your bank account is almost saved: confirm the small deposit when it has arrived.",
  pending: "We are waiting for the payment processor. It appears here by itself.",
  forgotten: "It is forgotten. Nothing was saved.",
  handed: "It is removed, and the other one takes over.",
  stopped:
    "It is removed. Autopay is off and the dates that relied on it are canceled; nothing will be taken by itself.",
  stopped_plan:
    "It is removed, and autopay and dates that relied on it have stopped. Your payment plan stands: choose another card or bank account on its page, or pay its instalments by hand.",
  remove: "It is removed. Payments already made with it stay as they are.",
} as const;

/** What relies on a saved method, as one phrase: "Autopay and 2 dates". */
export function methodUsesText({
  autopay,
  scheduled,
  plan,
}: {
  autopay: boolean;
  scheduled: number;
  plan: number;
}): string {
  const uses = [
    autopay ? "autopay" : null,
    scheduled > 0 ? (scheduled === 1 ? "a payment on a date" : `${String(scheduled)} payments on a date`) : null,
    plan > 0 ? "your payment plan" : null,
  ].filter((use) => use !== null);
  const text = uses.length < 2 ? uses.join("") : `${uses.slice(0, -1).join(", ")} and ${uses.at(-1) ?? ""}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const SUCCESSION_ASKED = "Choose what takes over, or that they stop.";
export const SUCCESSOR_GONE = "That card or account was removed meanwhile. Choose another one.";
