import { sql } from "drizzle-orm";

import { type Currency } from "#app/contracts/currency.ts";
import { daysBetween, type LocalDate } from "#app/contracts/local-date.ts";
import { type ClaimKind, claims, invoices } from "#db/schema/index.ts";

import { billStanding, type BillStanding } from "./bill-standing.ts";

/** A bill as lists and pages show it. Amounts in minor units of its currency; held amounts stand inside open. */
export type Bill = {
  id: string;
  accountId: string;
  number: string;
  kind: "bill" | "late_fee";
  parentId: string | null;
  issuedOn: LocalDate;
  dueOn: LocalDate;
  settledOn: LocalDate | null;
  currency: Currency;
  totalMinor: bigint;
  taxMinor: bigint;
  paidMinor: bigint;
  creditedMinor: bigint;
  writtenOffMinor: bigint;
  openMinor: bigint;
  /** What each kind of claim holds of open. */
  heldMinor: Record<ClaimKind, bigint>;
  /** open − held: what may be asked for. */
  payableMinor: bigint;
  /** Whole days past the due date in the account's zone; 0 or less is not late. */
  daysLate: number;
  /** The one word for its state: shown as a pill. */
  standing: BillStanding;
  memo: string | null;
  imported: boolean;
  /** Its customer, or whoever holds its link, has opened it. */
  viewed: boolean;
};

/** What `toBill` needs: the bill's columns and the held claims by kind, of one correlated subquery. */
export const billColumns = {
  id: invoices.id,
  accountId: invoices.accountId,
  number: invoices.number,
  kind: invoices.kind,
  parentId: invoices.parentId,
  status: invoices.status,
  issuedOn: invoices.issuedOn,
  dueOn: invoices.dueOn,
  settledOn: invoices.settledOn,
  currency: invoices.currency,
  totalMinor: invoices.totalMinor,
  taxMinor: invoices.taxMinor,
  paidMinor: invoices.paidMinor,
  creditedMinor: invoices.creditedMinor,
  writtenOffMinor: invoices.writtenOffMinor,
  openMinor: invoices.openMinor,
  allHeldMinor: invoices.heldMinor,
  memo: invoices.memo,
  imported: invoices.imported,
  viewed: sql<boolean>`${invoices.viewedAt} is not null`,
  held: sql<Partial<Record<ClaimKind, string>> | null>`(
    select jsonb_object_agg(held.kind, held.minor) from (
      select ${claims.kind} as kind, sum(${claims.heldMinor})::text as minor from ${claims}
      where ${claims.invoiceId} = "invoices"."id" and ${claims.heldMinor} > 0 group by 1
    ) held)`,
};

export type BillRow = Omit<Bill, "heldMinor" | "payableMinor" | "daysLate" | "standing"> & {
  status: "issued" | "voided";
  allHeldMinor: bigint;
  held: Partial<Record<ClaimKind, string>> | null;
};

const NOTHING_HELD = heldOf({});

function heldOf(held: Partial<Record<ClaimKind, string>>): Record<ClaimKind, bigint> {
  const of = (kind: ClaimKind) => BigInt(held[kind] ?? 0);
  return {
    in_flight: of("in_flight"),
    chargeback: of("chargeback"),
    dispute: of("dispute"),
    plan: of("plan"),
    scheduled: of("scheduled"),
  };
}

export function toBill(row: BillRow, today: LocalDate): Bill {
  const heldMinor = row.held === null ? NOTHING_HELD : heldOf(row.held);
  const { openMinor, paidMinor, creditedMinor, writtenOffMinor } = row;
  const payableMinor = openMinor - row.allHeldMinor;
  const daysLate = daysBetween(row.dueOn, today);
  const standing = billStanding({
    ...{ openMinor, payableMinor, paidMinor, creditedMinor, writtenOffMinor, heldMinor },
    ...{ daysLate, voided: row.status === "voided" },
  });
  // Each by its name: of fifty bills, "all the others" took longer than reading them.
  return {
    id: row.id,
    accountId: row.accountId,
    number: row.number,
    kind: row.kind,
    parentId: row.parentId,
    issuedOn: row.issuedOn,
    dueOn: row.dueOn,
    settledOn: row.settledOn,
    currency: row.currency,
    totalMinor: row.totalMinor,
    taxMinor: row.taxMinor,
    paidMinor,
    creditedMinor,
    writtenOffMinor,
    openMinor,
    heldMinor,
    payableMinor,
    daysLate,
    standing,
    memo: row.memo,
    imported: row.imported,
    viewed: row.viewed,
  };
}
