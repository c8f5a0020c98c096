import { addDays, type LocalDate } from "#app/contracts/local-date.ts";
import { type DbOrTx } from "#db/client.ts";

import { getPolicy } from "./queries.ts";

/**
 * The last day on which a bill that is asked for again from a day on is charged no late fee: the end of its grace, which
 * begins anew that day. Null where the biller charges none.
 */
export async function feeFreeUntil(
  db: DbOrTx,
  { dueOn, askedOn }: { dueOn: LocalDate; askedOn: LocalDate },
): Promise<LocalDate | null> {
  const { body } = await getPolicy(db, "late_fee");
  return body.enabled ? addDays(dueOn > askedOn ? dueOn : askedOn, body.graceDays) : null;
}
