import { sql } from "drizzle-orm";

const SOON_MS = 62 * 86_400_000;

/** What autopay, a draft that waits or a running plan is paid from, and who agreed to it. */
export const RELIED_ON = sql`
  select payment_method_id, accepted_by as login_id from autopay_enrolments where stopped_at is null
  union all select payment_method_id, made_by from drafts where state = 'announced'
  union all select payment_method_id, accepted_by from plans where state = 'active'`;

/** Months are counted from year 0: a card that expires in this one or before expires soon, or has. */
export function soonMonth(now: Date): number {
  const soon = new Date(now.getTime() + SOON_MS);
  return soon.getUTCFullYear() * 12 + soon.getUTCMonth() + 1;
}
