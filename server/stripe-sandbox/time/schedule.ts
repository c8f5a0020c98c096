import { type Work } from "../store/work.ts";

export const dutyNames = [
  "settle_debit",
  "return_debit",
  "finish_refund",
  "fail_refund",
  "dispute_deadline",
  "payout_arrives",
  "microdeposit_timeout",
  "microdeposit_fails",
] as const;

export type DutyName = (typeof dutyNames)[number];

/** Remembers what happens to an object once the business clock has reached a moment. */
export async function schedule(work: Work, duty: { duty: DutyName; subject: string; dueMs: number }): Promise<void> {
  await work.tx`
    insert into stripe_sandbox.due (due_ms, duty, subject) values (${duty.dueMs}, ${duty.duty}, ${duty.subject})`;
}
