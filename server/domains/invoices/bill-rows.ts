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

export type BillRow = Omit<Bill, "heldMinor" | "payableMinor" | "daysLate" | "standing"> & StandingRow;

/** What of a row its standing is told from. */
type StandingRow = Pick<Bill, "dueOn" | "openMinor" | "paidMinor" | "creditedMinor" | "writtenOffMinor"> & {
  status: "issued" | "voided";
  allHeldMinor: bigint;
  held: Partial<Record<ClaimKind, string>> | null;
};

/** A bill as a list tells of it: less is read, and fifty times. */
export type ListedBill = Pick<
  Bill,
  "id" | "number" | "kind" | "issuedOn" | "dueOn" | "currency" | "totalMinor" | "openMinor" | "daysLate" | "standing"
>;

const { accountId, parentId, settledOn, taxMinor, memo, imported, viewed, ...listedColumns } = billColumns;
export { listedColumns };

export function toListedBill(
  row: StandingRow & Omit<ListedBill, "daysLate" | "standing">,
  today: LocalDate,
): ListedBill {
  const { id, number, kind, issuedOn, dueOn, currency, totalMinor, openMinor } = row;
  const { daysLate, standing } = standingOf(row, today);
  return { id, number, kind, issuedOn, dueOn, currency, totalMinor, openMinor, daysLate, standing };
}

function standingOf(row: StandingRow, today: LocalDate) {
  const heldMinor = row.held === null ? NOTHING_HELD : heldOf(row.held);
  const { openMinor, paidMinor, creditedMinor, writtenOffMinor } = row;
  const payableMinor = openMinor - row.allHeldMinor;
  const daysLate = daysBetween(row.dueOn, today);
  const standing = billStanding({
    ...{ openMinor, payableMinor, paidMinor, creditedMinor, writtenOffMinor, heldMinor },
    ...{ daysLate, voided: row.status === "voided" },
  });
  return { heldMinor, payableMinor, daysLate, standing };
}

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
  const { status, allHeldMinor, held, ...bill } = row;
  return { ...bill, ...standingOf(row, today) };
}
