import { and, asc, eq, or } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { invoices } from "#db/schema/index.ts";

import { type Bill } from "./bill-rows.ts";

/** Numbers: of the bill that a late fee is for, and of the late fees that a bill has brought. */
export type RelatedBills = { feeFor: string | null; lateFees: string[] };

const MOST = 50;

/** The bills that belong to one: a late fee and the bill it is for lead to each other. The oldest first, at most 50. */
export async function findRelatedBills(
  db: DbOrTx,
  { id, accountId, parentId }: Pick<Bill, "id" | "accountId" | "parentId">,
): Promise<RelatedBills> {
  const i = invoices;
  const rows = await db
    .select({ id: i.id, number: i.number })
    .from(i)
    .where(
      and(
        ...[eq(i.accountId, accountId), eq(i.status, "issued")],
        or(and(eq(i.parentId, id), eq(i.kind, "late_fee")), parentId === null ? undefined : eq(i.id, parentId)),
      ),
    )
    .orderBy(asc(i.issuedOn), asc(i.id))
    .limit(MOST);
  return {
    feeFor: rows.find((one) => one.id === parentId)?.number ?? null,
    lateFees: rows.filter((one) => one.id !== parentId).map(({ number }) => number),
  };
}
