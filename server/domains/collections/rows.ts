import { and, eq, gte, isNull, or } from "drizzle-orm";

import { addDays, type LocalDate } from "#app/contracts/local-date.ts";
import { type DbOrTx } from "#db/client.ts";
import { collectionPauses } from "#db/schema/index.ts";

export type Pause = typeof collectionPauses.$inferSelect;

/** Pauses that hold on a day. */
export const listPauses = (
  db: DbOrTx,
  { accountId, today }: { accountId: string; today: LocalDate },
): Promise<Pause[]> =>
  db
    .select()
    .from(collectionPauses)
    .where(
      and(
        eq(collectionPauses.accountId, accountId),
        isNull(collectionPauses.endedAt),
        or(isNull(collectionPauses.untilOn), gte(collectionPauses.untilOn, today)),
      ),
    );

/** Whether a bill is left alone: its account is, or it is. */
export const isPaused = (pauses: readonly Pause[], invoiceId: string): boolean =>
  pauses.some((pause) => pause.invoiceId === null || pause.invoiceId === invoiceId);

/** The days on which pauses are over by themselves. */
export const pauseEnds = (pauses: readonly Pause[]): LocalDate[] =>
  pauses.flatMap(({ untilOn }) => (untilOn === null ? [] : [addDays(untilOn, 1)]));
