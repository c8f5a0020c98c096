import { v7 as uuidv7 } from "uuid";

import { type ClaimKind } from "#db/schema/index.ts";

import { billOf, refill, type Sheet } from "./sheet.ts";

export type ClaimWant = { kind: ClaimKind; sourceId: string; invoiceId: string; wantedMinor: bigint };

/** Sets what a source wants of a bill; an earlier claim of the same source is changed, or lives again. Returns held. */
export function holdOnSheet(sheet: Sheet, { kind, sourceId, invoiceId, wantedMinor }: ClaimWant): bigint {
  const bill = billOf(sheet, invoiceId);
  let claim = bill.claims.find((c) => c.kind === kind && c.sourceId === sourceId);
  if (claim) {
    claim.wantedMinor = wantedMinor;
    claim.released = wantedMinor === 0n;
  } else {
    claim = { id: uuidv7(), kind, sourceId, wantedMinor, heldMinor: 0n, released: false, before: null };
    bill.claims.push(claim);
  }
  refill(bill);
  return claim.heldMinor;
}

/** Releases every claim of a source; what lies beneath comes back by itself. Returns what each bill had held. */
export function releaseOnSheet(
  sheet: Sheet,
  { kind, sourceId }: { kind: ClaimKind; sourceId: string },
): { invoiceId: string; heldMinor: bigint }[] {
  const freed: { invoiceId: string; heldMinor: bigint }[] = [];
  for (const bill of sheet.bills.values()) {
    for (const claim of bill.claims) {
      if (claim.kind !== kind || claim.sourceId !== sourceId || claim.released) continue;
      freed.push({ invoiceId: bill.id, heldMinor: claim.heldMinor });
      claim.released = true;
      refill(bill);
    }
  }
  return freed;
}
