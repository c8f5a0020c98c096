import { and, asc, desc, eq, gt, ilike, lt, or, type Placeholder, type SQL, sql } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { parseAmount } from "#app/contracts/parse-amount.ts";
import { type DbOrTx } from "#db/client.ts";
import { keptQuery } from "#db/kept-query.ts";
import { accounts, claims, invoiceLines, invoices } from "#db/schema/index.ts";
import { decodeDayCursor, type Page, PAGE_LIMIT, toPage } from "#server/platform/paging.ts";

import { type Bill, billColumns, type ListedBill, listedColumns, toBill, toListedBill } from "./bill-rows.ts";

export const BILL_FILTERS = ["all", "open", "overdue", "disputed", "paid"] as const;
export type BillFilter = (typeof BILL_FILTERS)[number];

export type ListBills = {
  accountId: string;
  today: LocalDate;
  filter?: BillFilter | undefined;
  /** Part of a number or of what a line says, or an amount that is the total or what is open. */
  search?: string | undefined;
  cursor?: string | null | undefined;
  limit?: number | undefined;
};

/** Bills of an account, newest issue first, a keyset page at a time. A cursor that is not ours starts at the top. */
export async function listBills(db: DbOrTx, query: ListBills): Promise<Page<ListedBill>> {
  const { accountId, today, filter = "all" } = query;
  const limit = Math.min(query.limit ?? PAGE_LIMIT, 200);
  const after = decodeDayCursor(query.cursor);
  const search = await searchOf(db, query);
  const most = limit + 1;
  const rows = search
    ? await select(db, and(filterOf(filter, today), search, after ? beyond(after) : undefined), { accountId, most })
    : await VIEWS[after ? "later" : "first"][filter](db).execute({ accountId, today, most, ...after });
  const bills = rows.map((row) => toListedBill(row, today));
  return toPage(bills, limit, (bill) => [bill.issuedOn, bill.id]);
}

type Given<Value> = Value | Placeholder;

const select = (
  db: DbOrTx,
  which: SQL | undefined,
  { accountId, most }: { accountId: Given<string>; most: Given<number> },
) =>
  db
    .select(listedColumns)
    .from(invoices)
    .where(and(eq(invoices.accountId, accountId), which))
    .orderBy(desc(invoices.issuedOn), desc(invoices.id))
    .limit(most);

const beyond = ({ day, id }: { day: Given<string>; id: Given<string> }): SQL =>
  sql`(${invoices.issuedOn}, ${invoices.id}) < (${day}::date, ${id}::uuid)`;

// What is not searched has ten shapes, each put together once.
const ASKED = { accountId: sql.placeholder("accountId"), most: sql.placeholder("most") };
const AFTER = { day: sql.placeholder("day"), id: sql.placeholder("id") };
const viewOf = (filter: BillFilter, after?: SQL) =>
  keptQuery((db) => select(db, and(filterOf(filter, sql.placeholder("today")), after), ASKED).prepare("bills"));
const viewsOf = (after?: SQL) => ({
  ...{ all: viewOf("all", after), open: viewOf("open", after), overdue: viewOf("overdue", after) },
  ...{ disputed: viewOf("disputed", after), paid: viewOf("paid", after) },
});
const VIEWS = { first: viewsOf(), later: viewsOf(beyond(AFTER)) };

function filterOf(filter: BillFilter, today: Given<LocalDate>): SQL | undefined {
  const open = gt(invoices.openMinor, 0n);
  switch (filter) {
    case "all":
      return undefined;
    case "open":
      return open;
    case "overdue":
      return and(
        open,
        lt(invoices.dueOn, today),
        sql`(${invoices.openMinor} > ${invoices.heldMinor} or ${holds("scheduled")})`,
      );
    case "disputed":
      return and(open, holds("dispute"));
    case "paid":
      return and(eq(invoices.openMinor, 0n), eq(invoices.status, "issued"));
  }
}

const holds = (kind: "dispute" | "scheduled"): SQL => sql`exists (
  select 1 from ${claims} where ${claims.invoiceId} = ${invoices.id} and ${claims.kind} = ${kind}
    and ${claims.heldMinor} > 0)`;

async function searchOf(db: DbOrTx, { accountId, search }: ListBills): Promise<SQL | undefined> {
  const text = search?.trim() ?? "";
  if (text === "" || text.length > 60) return undefined;
  const part = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const words = or(ilike(invoices.number, part), says(part));
  if (!/\d/.test(text)) return words;
  const [account] = await db.select({ currency: accounts.currency }).from(accounts).where(eq(accounts.id, accountId));
  const amount = account ? parseAmount(text, account.currency) : null;
  if (!amount?.ok) return words;
  const { amountMinor } = amount.value;
  return or(words, eq(invoices.totalMinor, amountMinor), eq(invoices.openMinor, amountMinor));
}

const says = (part: string): SQL => sql`exists (
  select 1 from ${invoiceLines} where ${invoiceLines.invoiceId} = ${invoices.id}
    and ${invoiceLines.description} ilike ${part})`;

/** An account has few open bills; a runaway import does not make a page of a million. */
const MOST_OPEN = 500;

/** Every bill with something open, oldest due first: what the pay page offers, with the held parts beside payable. */
export async function listOpenBills(
  db: DbOrTx,
  { accountId, today }: { accountId: string; today: LocalDate },
): Promise<Bill[]> {
  const rows = await db
    .select(billColumns)
    .from(invoices)
    .where(and(eq(invoices.accountId, accountId), gt(invoices.openMinor, 0n)))
    .orderBy(asc(invoices.dueOn), asc(invoices.issuedOn), asc(invoices.number))
    .limit(MOST_OPEN);
  return rows.map((row) => toBill(row, today));
}
