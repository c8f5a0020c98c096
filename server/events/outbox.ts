import { type DbOrTx } from "#db/client.ts";
import { writeOutboxRows } from "#db/outbox-rows.ts";

import { type DomainEvents, type EventName } from "./catalogue.ts";

/** Writes an event in the transaction it tells of. Nobody hears of it before commit; a rollback tells nobody. */
export async function appendEvent<N extends EventName>(tx: DbOrTx, name: N, payload: DomainEvents[N]): Promise<void> {
  await writeOutboxRows(tx, [{ name, payload }]);
}

/** Many events in one round trip. */
export async function appendEvents(
  tx: DbOrTx,
  events: readonly { [N in EventName]: { name: N; payload: DomainEvents[N] } }[EventName][],
): Promise<void> {
  await writeOutboxRows(tx, events);
}
