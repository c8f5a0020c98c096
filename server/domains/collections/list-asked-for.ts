import { sql } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { maxBigint, minBigint } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import { listAnnounced } from "#server/domains/autopay/index.ts";
import { getAccountMoney, listAsked, listOpenBills } from "#server/domains/invoices/index.ts";
import { present } from "#server/platform/assert.ts";

import { type Asked, type FeeFor } from "./fees-ride.ts";
import { askedSinceRelease } from "./grace.ts";

/** The duty of a stage of a bill. */
export const REMINDER = "collections.reminder";

/** What is asked for of each bill after the open credit that goes first, oldest due first, and what autopay will take. */
export async function listAskedFor(
  tx: Tx,
  { account: { id: accountId, releasedOn }, today }: { account: Account; today: LocalDate },
): Promise<Asked[]> {
  const of = { accountId, today };
  const open = await listOpenBills(tx, of);
  if (open.length === 0) return [];
  const [{ unapplied }, announced, asked, fees] = await Promise.all([
    getAccountMoney(tx, accountId, today),
    listAnnounced(tx, accountId),
    listAsked(tx, accountId),
    open.some(({ kind }) => kind === "late_fee") ? listFeesFor(tx, accountId) : new Map<string, FeeFor>(),
  ]);
  let credit = unapplied.amountMinor;
  return open.map((bill) => {
    const covered = minBigint(credit, bill.payableMinor);
    credit -= covered;
    const taken = announced.get(bill.id)?.announcedMinor ?? 0n;
    const leftMinor = maxBigint(bill.payableMinor - covered - taken, 0n);
    const history = present(asked.get(bill.id), "an open bill is asked about");
    const since = askedSinceRelease(history, { dueOn: bill.dueOn, releasedOn });
    return { bill, leftMinor, asked: since, feeFor: fees.get(bill.id) ?? null };
  });
}

type Row = FeeFor & { id: string };

/** Of each open late fee: its bill, and when the fee was last reminded of by itself. */
async function listFeesFor(tx: Tx, accountId: string): Promise<ReadonlyMap<string, FeeFor>> {
  const rows = await tx.execute<Row>(sql`
    select f.id, p.number, p.settled_on as "settledOn",
      (select max(d.due_on) from duties d where d.kind = ${REMINDER} and d.subject = f.id::text) as "remindedOn"
    from invoices f join invoices p on p.id = f.parent_id
    where f.account_id = ${accountId} and f.open_minor > 0 and f.kind = 'late_fee'`);
  return new Map(rows.map(({ id, ...feeFor }) => [id, feeFor]));
}
