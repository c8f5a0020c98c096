import { encodeId } from "#app/contracts/ids.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { type Tx } from "#db/client.ts";
import { type ClaimKind } from "#db/schema/index.ts";
import { notFound } from "#server/platform/faults.ts";

import { closeSheet } from "./close-sheet.ts";
import { namedBills, openSheet } from "./open-sheet.ts";
import { holdOnSheet, releaseOnSheet } from "./sheet-claims.ts";
import { openOf, payableOf, type TimelineKind } from "./sheet.ts";

export type PlaceClaim = {
  accountId: string;
  kind: ClaimKind;
  /** The payment, dispute, chargeback, plan or date that claims. */
  sourceId: string;
  /** What it wants of each bill. 0 releases it there; less or more than before changes it. */
  bills: readonly { invoiceId: string; wantedMinor: bigint }[];
  occurredOn: LocalDate;
  occurredAt: Date;
};

export type HeldBill = { invoiceId: string; heldMinor: bigint; openMinor: bigint; payableMinor: bigint };

const STARTED: Partial<Record<ClaimKind, TimelineKind>> = { in_flight: "payment_started", dispute: "disputed" };

/**
 * Claims amounts of bills inside the caller's transaction; a claim of the same source on the same bill is changed. Tells
 * what each bill holds for it now: less than wanted when less is open, or when a claim before it in order holds it.
 * Raises the account's version. Throws when a bill is not of this account.
 */
export async function placeClaim(tx: Tx, input: PlaceClaim): Promise<HeldBill[]> {
  const { accountId, kind, sourceId, occurredOn, occurredAt } = input;
  const invoiceIds = input.bills.map((bill) => bill.invoiceId);
  const sheet = await openSheet(tx, { accountIds: [accountId], invoiceIds });
  if (namedBills(sheet, invoiceIds) === null) throw notFound("bill");
  for (const { invoiceId, wantedMinor } of input.bills) {
    holdOnSheet(sheet, { kind, sourceId, invoiceId, wantedMinor });
    const started = STARTED[kind];
    if (started === undefined || wantedMinor === 0n) continue;
    const reference = encodeId(kind === "dispute" ? "dispute" : "payment", sourceId);
    sheet.timeline.push({ invoiceId, kind: started, amountMinor: wantedMinor, reference, occurredAt });
  }
  await closeSheet(tx, sheet, { occurredOn, occurredAt });
  return (namedBills(sheet, invoiceIds) ?? []).map((bill) => ({
    invoiceId: bill.id,
    heldMinor: bill.claims.find((c) => c.kind === kind && c.sourceId === sourceId)?.heldMinor ?? 0n,
    openMinor: openOf(bill),
    payableMinor: payableOf(bill),
  }));
}

export type ReleaseClaims = {
  accountId: string;
  kind: ClaimKind;
  sourceId: string;
  /** How the bills' timelines tell it; null says nothing. Settled payments release theirs by themselves. */
  timeline: "payment_failed" | "dispute_settled" | null;
  occurredOn: LocalDate;
  occurredAt: Date;
};

/** Releases every claim of a source; what was displaced beneath comes back. Returns what each bill had held. */
export async function releaseClaimsOf(
  tx: Tx,
  input: ReleaseClaims,
): Promise<{ invoiceId: string; heldMinor: bigint }[]> {
  const { accountId, kind, sourceId, timeline, occurredOn, occurredAt } = input;
  const sheet = await openSheet(tx, { accountIds: [accountId], claimSourceIds: [sourceId] });
  const freed = releaseOnSheet(sheet, { kind, sourceId });
  if (timeline !== null) {
    const reference = encodeId(kind === "dispute" ? "dispute" : "payment", sourceId);
    for (const { invoiceId, heldMinor } of freed) {
      sheet.timeline.push({ invoiceId, kind: timeline, amountMinor: heldMinor, reference, occurredAt });
    }
  }
  await closeSheet(tx, sheet, { occurredOn, occurredAt });
  return freed;
}
