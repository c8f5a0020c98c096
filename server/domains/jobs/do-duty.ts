import { type LocalDate } from "#app/contracts/local-date.ts";
import { type Tx } from "#db/client.ts";
import { duties } from "#db/schema/index.ts";

/** A duty is named after its domain and verb ("autopay.notice"); its subject is the thing it is done for. */
export type Duty = {
  duty: `${string}.${string}`;
  subjectId: string;
  /** The business day the duty belongs to, in the zone of whom it concerns: not the day it happens to be done. */
  day: LocalDate;
};

/**
 * True for exactly one transaction per duty, subject and day, however often and wherever it is asked; the others wait
 * for that one and hear false. Rolled back with its transaction, so that a duty whose work failed is found again.
 */
export async function doDuty(tx: Tx, { duty, subjectId, day }: Duty): Promise<boolean> {
  const done = await tx
    .insert(duties)
    .values({ kind: duty, subject: subjectId, dueOn: day })
    .onConflictDoNothing()
    .returning({ kind: duties.kind });
  return done.length === 1;
}
