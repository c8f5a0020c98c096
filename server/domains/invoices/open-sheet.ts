import { and, asc, eq, gt, inArray, or, type SQL, sql } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { allocations, claims, credits, invoices, journals, openCredits } from "#db/schema/index.ts";
import { lockAccounts } from "#server/domains/accounts/index.ts";
import { notFound } from "#server/platform/faults.ts";

import { compare, takeNewest } from "./rules.ts";
import { type Sheet, type SheetBill, type Standing } from "./sheet.ts";

export type SheetScope = {
  accountIds: readonly string[];
  /** Bills that are named. */
  invoiceIds?: readonly string[];
  /** Sources whose bills and open credits are needed: payments and credits, by id. */
  sourceIds?: readonly string[];
  /** Bills on which one of these sources has a claim. */
  claimSourceIds?: readonly string[];
  /** Every bill with something open. */
  allOpen?: boolean;
  /** Also what stands on the bills, for taking it off again. */
  standing?: boolean;
};

/**
 * Locks the accounts (sorted), then their bills (sorted), and loads what the scope names. Call it once per transaction
 * and action; between opening and `closeSheet` nothing else may change the sub-ledger. Throws when an account is unknown,
 * and leaves out bills of other accounts: a rule then finds them missing.
 */
export async function openSheet(tx: Tx, scope: SheetScope): Promise<Sheet> {
  const sheet: Sheet = {
    accounts: new Map(),
    bills: new Map(),
    openCredits: new Map(),
    standing: [],
    moves: [],
    journals: new Map(),
    timeline: [],
  };
  const accountIds = [...new Set(scope.accountIds)].sort();
  const locked = await lockAccounts(tx, accountIds);
  for (const account of locked) sheet.accounts.set(account.id, account);
  if (locked.length !== accountIds.length) throw notFound("account");
  await loadBills(tx, sheet, scope);
  await loadClaims(tx, sheet);
  await loadLosses(tx, sheet);
  if (scope.standing === true) await loadStanding(tx, sheet);
  await loadOpenCredits(tx, sheet, scope);
  return sheet;
}

async function loadBills(tx: Tx, sheet: Sheet, scope: SheetScope): Promise<void> {
  const wanted: (SQL | undefined)[] = [];
  if (scope.allOpen === true) wanted.push(gt(invoices.openMinor, 0n));
  if (scope.invoiceIds?.length) wanted.push(inArray(invoices.id, [...scope.invoiceIds]));
  if (scope.sourceIds?.length) wanted.push(inArray(invoices.id, billsOfSources(tx, scope.sourceIds)));
  if (scope.claimSourceIds?.length) {
    const claimed = tx
      .select({ id: claims.invoiceId })
      .from(claims)
      .where(inArray(claims.sourceId, [...scope.claimSourceIds]));
    wanted.push(inArray(invoices.id, claimed));
  }
  if (wanted.length === 0) return;
  const i = invoices;
  const rows = await tx
    .select({
      id: i.id,
      accountId: i.accountId,
      number: i.number,
      kind: i.kind,
      status: i.status,
      issuedOn: i.issuedOn,
      dueOn: i.dueOn,
      settledOn: i.settledOn,
      totalMinor: i.totalMinor,
      taxMinor: i.taxMinor,
      paidMinor: i.paidMinor,
      creditedMinor: i.creditedMinor,
      writtenOffMinor: i.writtenOffMinor,
    })
    .from(i)
    .where(and(inArray(invoices.accountId, [...sheet.accounts.keys()]), or(...wanted)))
    .orderBy(asc(invoices.id))
    .for("no key update");
  for (const row of rows) {
    sheet.bills.set(row.id, { ...row, claims: [], losses: [], changed: false });
  }
}

/** What still stands of each loss: whatever was paid after all came off the newest. */
async function loadLosses(tx: Tx, sheet: Sheet): Promise<void> {
  const lost = [...sheet.bills.values()].filter((bill) => bill.writtenOffMinor > 0n).map((bill) => bill.id);
  if (lost.length === 0) return;
  const rows = await tx
    .select({ invoiceId: allocations.invoiceId, kind: journals.kind, amountMinor: allocations.amountMinor })
    .from(allocations)
    .innerJoin(journals, eq(journals.number, allocations.journalNumber))
    .where(and(inArray(allocations.invoiceId, lost), eq(allocations.effect, "written_off")))
    .orderBy(asc(allocations.id));
  for (const { invoiceId, kind, amountMinor } of rows) {
    const losses = sheet.bills.get(invoiceId)?.losses ?? [];
    if (amountMinor < 0n) takeNewest(losses, -amountMinor);
    else losses.push({ bearer: kind === "chargeback_lost" ? "chargeback_losses" : "bad_debt", amountMinor });
  }
}

function billsOfSources(tx: Tx, sourceIds: readonly string[]) {
  const ids = [...sourceIds];
  const through = tx.select({ id: openCredits.id }).from(openCredits).where(inArray(openCredits.sourceId, ids));
  return tx
    .select({ id: allocations.invoiceId })
    .from(allocations)
    .where(or(inArray(allocations.paymentId, ids), inArray(allocations.openCreditId, through)));
}

async function loadClaims(tx: Tx, sheet: Sheet): Promise<void> {
  if (sheet.bills.size === 0) return;
  const rows = await tx
    .select()
    .from(claims)
    .where(inArray(claims.invoiceId, [...sheet.bills.keys()]))
    .orderBy(asc(claims.createdAt), asc(claims.id));
  for (const { id, invoiceId, kind, sourceId, wantedMinor, heldMinor, releasedAt } of rows) {
    const released = releasedAt !== null;
    const before = { wantedMinor, heldMinor, released };
    sheet.bills.get(invoiceId)?.claims.push({ id, kind, sourceId, wantedMinor, heldMinor, released, before });
  }
}

async function loadStanding(tx: Tx, sheet: Sheet): Promise<void> {
  if (sheet.bills.size === 0) return;
  const a = allocations;
  const rows = await tx
    .select({
      invoiceId: a.invoiceId,
      effect: a.effect,
      paymentId: a.paymentId,
      creditId: a.creditId,
      openCreditId: a.openCreditId,
      creditKind: credits.kind,
      amountMinor: sql<string>`sum(${a.amountMinor})`,
      latest: sql<string>`max(${a.id}::text) filter (where ${a.amountMinor} > 0)`,
    })
    .from(a)
    .leftJoin(credits, eq(credits.id, a.creditId))
    .where(inArray(a.invoiceId, [...sheet.bills.keys()]))
    .groupBy(a.invoiceId, a.effect, a.paymentId, a.creditId, a.openCreditId, credits.kind)
    .having(sql`sum(${a.amountMinor}) > 0`);
  rows.sort((x, y) => compare(x.latest, y.latest));
  for (const { latest: _, amountMinor, ...row } of rows) {
    const standing: Standing = { ...row, amountMinor: BigInt(amountMinor) };
    sheet.standing.push(standing);
  }
}

async function loadOpenCredits(tx: Tx, sheet: Sheet, scope: SheetScope): Promise<void> {
  const sources = new Set(scope.sourceIds ?? []);
  for (const { paymentId, creditId } of sheet.standing) for (const id of [paymentId, creditId]) if (id) sources.add(id);
  const rows = await tx
    .select()
    .from(openCredits)
    .where(
      and(
        inArray(openCredits.accountId, [...sheet.accounts.keys()]),
        or(gt(openCredits.leftMinor, 0n), sources.size > 0 ? inArray(openCredits.sourceId, [...sources]) : undefined),
      ),
    )
    .orderBy(asc(openCredits.occurredOn), asc(openCredits.id));
  for (const { currency: _, createdAt: __, ...row } of rows) {
    sheet.openCredits.set(row.id, { ...row, fresh: false, changed: false });
  }
}

/** The bills a command named, or null when one of them is not a bill of these accounts. */
export function namedBills(sheet: Sheet, invoiceIds: readonly string[]): SheetBill[] | null {
  const bills = invoiceIds.map((id) => sheet.bills.get(id)).filter((bill) => bill !== undefined);
  return bills.length === invoiceIds.length ? bills : null;
}
