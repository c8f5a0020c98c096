import { sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";

import { encodeId } from "#app/contracts/ids.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { type Tx } from "#db/client.ts";
import { insertRows } from "#db/insert-rows.ts";
import { allocations, claimChanges, claims, invoiceEvents, openCredits } from "#db/schema/index.ts";
import { touchAccounts } from "#server/domains/accounts/index.ts";
import { type JournalDraft, postJournals } from "#server/domains/ledger/index.ts";
import { appendEvents } from "#server/events/outbox.ts";
import { present } from "#server/platform/assert.ts";

import { heldOf, type Move, type Sheet, type SheetJournal, type TimelineEntry, type TimelineKind } from "./sheet.ts";

const CHUNK = 1000;

export type Closing = {
  occurredOn: LocalDate;
  occurredAt: Date;
  /** Journals of the same action that touch no bill (a processor's fee): posted in the same round trip. */
  also?: readonly JournalDraft[];
};

/** Journal number by journal kind and action: `"<actionId> <kind>"`. */
export type Posted = ReadonlyMap<string, bigint>;

/**
 * Writes the sheet back: all journals in one round trip, then allocations, open credits, bills, claims, timeline, the
 * accounts' versions and `account.money_changed`.
 */
export async function closeSheet(tx: Tx, sheet: Sheet, closing: Closing): Promise<Posted> {
  const journals = [...sheet.journals.values()].filter((j) => j.entries.some((e) => e.amountMinor !== 0n));
  const numbers = await postJournals(tx, [...journals.map(toDraft), ...(closing.also ?? [])]);
  const posted = new Map(journals.map((j, at) => [j.key, present(numbers[at], "one number per journal").number]));
  await writeOpenCredits(tx, sheet);
  await writeBills(tx, sheet);
  await writeClaims(tx, sheet, closing);
  await writeMoves(tx, sheet, posted);
  await writeTimeline(tx, [...sheet.timeline, ...timelineOf(sheet.moves, closing.occurredAt)]);
  await announceMoney(tx, [...sheet.accounts.keys()]);
  return posted;
}

function toDraft({ step, kind, currency, source, entries }: SheetJournal): JournalDraft {
  const { actionId, occurredOn, occurredAt } = step;
  return {
    actionId,
    kind,
    occurredOn,
    occurredAt,
    currency,
    source: source ?? null,
    entries: entries
      .filter((entry) => entry.amountMinor !== 0n)
      .map(({ account, accountId, amountMinor }) =>
        accountId === undefined ? { account, amountMinor } : { account, accountId, amountMinor },
      ),
  };
}

async function writeOpenCredits(tx: Tx, sheet: Sheet): Promise<void> {
  const changed = [...sheet.openCredits.values()].filter(
    (credit) => credit.changed && (!credit.fresh || credit.amountMinor > 0n),
  );
  for (const part of chunks(changed)) {
    const rows = part.map(({ id, accountId, kind, sourceId, occurredOn, amountMinor, leftMinor }) => {
      const { currency } = present(sheet.accounts.get(accountId), "an account on the sheet");
      return { id, accountId, kind, sourceId, currency, occurredOn, amountMinor, leftMinor };
    });
    await tx
      .insert(openCredits)
      .values(rows)
      .onConflictDoUpdate({
        target: openCredits.id,
        set: { amountMinor: sql`excluded.amount_minor`, leftMinor: sql`excluded.left_minor` },
      });
  }
}

async function writeBills(tx: Tx, sheet: Sheet): Promise<void> {
  const changed = [...sheet.bills.values()].filter((bill) => bill.changed);
  for (const part of chunks(changed)) {
    const json = JSON.stringify(
      part.map((bill) => ({
        id: bill.id,
        paid: bill.paidMinor.toString(),
        credited: bill.creditedMinor.toString(),
        written_off: bill.writtenOffMinor.toString(),
        held: heldOf(bill).toString(),
        settled_on: bill.settledOn,
        status: bill.status,
      })),
    );
    await tx.execute(sql`
      update invoices i
      set paid_minor = v.paid, credited_minor = v.credited, written_off_minor = v.written_off, held_minor = v.held,
          settled_on = v.settled_on, status = v.status
      from jsonb_to_recordset(${json}::jsonb) as v(
        id uuid, paid bigint, credited bigint, written_off bigint, held bigint, settled_on date, status invoice_status)
      where i.id = v.id`);
  }
}

async function writeClaims(tx: Tx, sheet: Sheet, { occurredOn, occurredAt }: Closing): Promise<void> {
  const rows: (typeof claims.$inferInsert)[] = [];
  const changes: (typeof claimChanges.$inferInsert)[] = [];
  for (const bill of sheet.bills.values()) {
    for (const { id, kind, sourceId, wantedMinor, heldMinor, released, before } of bill.claims) {
      const delta = heldMinor - (before?.heldMinor ?? 0n);
      const same = before?.wantedMinor === wantedMinor && before.released === released && delta === 0n;
      if (same) continue;
      const releasedAt = released ? occurredAt : null;
      rows.push({
        id,
        invoiceId: bill.id,
        accountId: bill.accountId,
        kind,
        sourceId,
        wantedMinor,
        heldMinor,
        releasedAt,
      });
      if (delta !== 0n) changes.push({ claimId: id, invoiceId: bill.id, kind, heldDeltaMinor: delta, occurredOn });
    }
  }
  for (const part of chunks(rows)) {
    const set = {
      wantedMinor: sql`excluded.wanted_minor`,
      heldMinor: sql`excluded.held_minor`,
      releasedAt: sql`excluded.released_at`,
    };
    await tx.insert(claims).values(part).onConflictDoUpdate({ target: claims.id, set });
  }
  await insertRows(tx, claimChanges, changes);
}

async function writeMoves(tx: Tx, sheet: Sheet, posted: Posted): Promise<void> {
  const rows = sheet.moves.map(({ journal, tells: _, ...move }) => ({
    ...move,
    // Made here, in order: the newest is found by id.
    id: uuidv7(),
    journalNumber: present(posted.get(journal), "a move has its journal"),
  }));
  await insertRows(tx, allocations, rows);
}

export async function writeTimeline(tx: Tx, entries: readonly TimelineEntry[]): Promise<void> {
  await insertRows(tx, invoiceEvents, entries);
}

/** Raises the accounts' versions and tells open pages after commit. */
export async function announceMoney(tx: Tx, accountIds: readonly string[]): Promise<void> {
  for (const part of chunks(accountIds)) {
    await touchAccounts(tx, part);
    await appendEvents(
      tx,
      part.map((accountId) => ({ name: "account.money_changed", payload: { accountId } })),
    );
  }
}

const KIND_OF: Record<Move["effect"], { on: TimelineKind; off: TimelineKind | null }> = {
  paid: { on: "paid", off: "unpaid" },
  credited: { on: "credited", off: "uncredited" },
  written_off: { on: "written_off", off: null },
};

function timelineOf(moves: readonly Move[], occurredAt: Date): TimelineEntry[] {
  return moves.flatMap(({ invoiceId, effect, amountMinor, paymentId, creditId, tells }) => {
    const { on, off } = KIND_OF[effect];
    const kind = tells?.kind ?? (amountMinor > 0n ? on : off);
    if (kind === null) return [];
    const credit = creditId === null ? null : encodeId("credit", creditId);
    const reference = tells?.reference ?? (paymentId === null ? credit : encodeId("payment", paymentId));
    return [{ invoiceId, kind, amountMinor: amountMinor < 0n ? -amountMinor : amountMinor, reference, occurredAt }];
  });
}

export function chunks<T>(rows: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < rows.length; at += CHUNK) parts.push(rows.slice(at, at + CHUNK));
  return parts;
}
