import { and, eq, inArray, sql } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { type Money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { disputeEvents, disputes } from "#db/schema/index.ts";
import { placeClaim, releaseClaimsOf } from "#server/domains/invoices/index.ts";

const noonOf = (date: LocalDate): Date => new Date(`${date}T12:00:00Z`);

export type ImportedDispute = { accountId: string; invoiceId: string; amount: Money; openedOn: LocalDate };

/**
 * Opens a dispute on each bill that a file calls disputed, dated on the bill's issue date: silent, without a policy
 * clock, its amount claimed from that day. A bill that has an imported dispute already keeps it.
 */
export async function openImportedDisputes(tx: Tx, items: readonly ImportedDispute[]): Promise<number> {
  if (items.length === 0) return 0;
  const numbers = await tx.execute<{ number: string }>(
    sql`select 'DSP-' || nextval('dispute_numbers') as number from generate_series(1, ${items.length}::int)`,
  );
  const inserted = await tx
    .insert(disputes)
    .values(
      items.map((item, at) => ({
        number: numbers[at]?.number ?? "",
        clientKey: `import:${item.invoiceId}`,
        accountId: item.accountId,
        invoiceId: item.invoiceId,
        amountMinor: item.amount.amountMinor,
        currency: item.amount.currency,
        reason: "imported" as const,
        description: "Marked as disputed in the imported books.",
        state: "open" as const,
        openedOn: item.openedOn,
        openedAt: noonOf(item.openedOn),
        imported: true,
      })),
    )
    .onConflictDoNothing({ target: disputes.clientKey })
    .returning();
  for (const dispute of inserted) {
    const occurredAt = noonOf(dispute.openedOn);
    await placeClaim(tx, {
      ...{ accountId: dispute.accountId, kind: "dispute", sourceId: dispute.id },
      bills: [{ invoiceId: dispute.invoiceId ?? "", wantedMinor: dispute.amountMinor }],
      ...{ occurredOn: dispute.openedOn, occurredAt },
    });
  }
  await recordEvents(
    tx,
    inserted.map(({ id, openedOn }) => ({
      disputeId: id,
      kind: "imported",
      toState: "open",
      occurredAt: noonOf(openedOn),
    })),
  );
  return inserted.length;
}

/** Closes the open imported disputes of bills that were paid, on the day they were paid. Others stay as they are. */
export async function closeImportedDisputes(
  tx: Tx,
  items: readonly { invoiceId: string; closedOn: LocalDate }[],
): Promise<void> {
  if (items.length === 0) return;
  const closedOn = new Map(items.map((item) => [item.invoiceId, item.closedOn]));
  const open = await tx
    .select()
    .from(disputes)
    .where(
      and(inArray(disputes.invoiceId, [...closedOn.keys()]), eq(disputes.imported, true), eq(disputes.state, "open")),
    )
    .for("no key update");
  for (const dispute of open) {
    const day = closedOn.get(dispute.invoiceId ?? "") ?? dispute.openedOn;
    const closing = { accountId: dispute.accountId, kind: "dispute" as const, sourceId: dispute.id };
    await releaseClaimsOf(tx, { ...closing, timeline: null, occurredOn: day, occurredAt: noonOf(day) });
    await tx.update(disputes).set({ state: "closed", closedOn: day }).where(eq(disputes.id, dispute.id));
    await recordEvents(tx, [
      { disputeId: dispute.id, kind: "closed_by_payment", toState: "closed", occurredAt: noonOf(day) },
    ]);
  }
}

async function recordEvents(tx: Tx, events: readonly (typeof disputeEvents.$inferInsert)[]): Promise<void> {
  if (events.length > 0) await tx.insert(disputeEvents).values([...events]);
}
