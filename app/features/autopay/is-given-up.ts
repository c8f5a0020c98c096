import type { Draft } from "#server/domains/autopay/index.ts";

/** Whether the last draft of this mandate failed for good, and something of its bills is still open. */
export const isGivenUp = (last: Draft, enrolmentId: string): boolean =>
  last.state === "failed" && last.sourceId === enrolmentId && last.bills.some((bill) => bill.openMinor > 0n);
