import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { type DbOrTx } from "#db/client.ts";
import { claims, drafts, type MethodKind, payments, planDrafts } from "#db/schema/index.ts";

import { type DraftFacts, type PlanFacts } from "./judge-plan.ts";
import { listInstalments, listPlanBills, type PlanRow } from "./rows.ts";

/** A draft with what its mail tells: why its last try did not go through, when it is tried again, from where it is taken. */
export type DraftNews = DraftFacts & {
  failureCode: string | null;
  tryOn: LocalDate | null;
  methodId: string | null;
  /** Its latest attempt, and from where and how that was to be paid. */
  paymentId: string | null;
  triedWith: string | null;
  paidBy: MethodKind | null;
};

export type FactsRead = Omit<PlanFacts, "instalments"> & {
  instalments: readonly (PlanFacts["instalments"][number] & { draft: DraftNews | null })[];
};

/** Everything that decides how a running plan stands. Read it under the account's lock. */
export async function readFacts(db: DbOrTx, { plan, today }: { plan: PlanRow; today: LocalDate }): Promise<FactsRead> {
  const bills = await listPlanBills(db, plan.id);
  const rows = await listInstalments(db, plan.id);
  const made = await db
    .select({
      position: planDrafts.position,
      id: drafts.id,
      state: drafts.state,
      draftOn: drafts.draftOn,
      attempts: drafts.attempts,
      announcedMinor: drafts.announcedMinor,
      cancelReason: drafts.cancelReason,
      failureCode: drafts.failureCode,
      tryOn: drafts.tryOn,
      methodId: drafts.paymentMethodId,
      paymentId: drafts.paymentId,
      takenMinor: payments.amountMinor,
      triedWith: payments.paymentMethodId,
      paidBy: payments.kind,
    })
    .from(planDrafts)
    .innerJoin(drafts, eq(drafts.id, planDrafts.draftId))
    .leftJoin(payments, eq(payments.id, drafts.paymentId))
    .where(eq(planDrafts.planId, plan.id))
    .orderBy(asc(drafts.id));
  const own = made.filter((draft) => draft.state === "in_flight").map((draft) => draft.paymentId ?? "");
  return {
    ...{ today, graceDays: plan.graceDays, missedAllowed: plan.missedAllowed, bills },
    handInFlightMinor: await inFlightOf(
      db,
      bills.map((bill) => bill.invoiceId),
      own,
    ),
    instalments: rows.map(({ position, dueOn, amountMinor, moved }) => {
      const mine = made.filter((draft) => draft.position === position);
      const paid = mine.filter((draft) => draft.state === "paid");
      return {
        ...{ position, dueOn, amountMinor, moved, draft: mine.at(-1) ?? null },
        paidMinor: paid.reduce((sum, draft) => sum + (draft.takenMinor ?? 0n), 0n),
      };
    }),
  };
}

async function inFlightOf(db: DbOrTx, invoiceIds: readonly string[], own: readonly string[]): Promise<bigint> {
  const rows = await db
    .select({ sourceId: claims.sourceId, minor: sql<string>`sum(${claims.heldMinor})` })
    .from(claims)
    .where(and(inArray(claims.invoiceId, [...invoiceIds]), eq(claims.kind, "in_flight"), isNull(claims.releasedAt)))
    .groupBy(claims.sourceId);
  return rows.filter((row) => !own.includes(row.sourceId)).reduce((sum, row) => sum + BigInt(row.minor), 0n);
}

/** What the plan's claim holds of each of its bills, in the plan's order. */
export async function listHeld(db: DbOrTx, planId: string): Promise<{ invoiceId: string; heldMinor: bigint }[]> {
  const [bills, rows] = [await listPlanBills(db, planId), await listClaims(db, planId)];
  return bills.map(({ invoiceId }) => ({ invoiceId, heldMinor: rows.get(invoiceId)?.heldMinor ?? 0n }));
}

export async function listClaims(db: DbOrTx, planId: string) {
  const rows = await db
    .select({ invoiceId: claims.invoiceId, wantedMinor: claims.wantedMinor, heldMinor: claims.heldMinor })
    .from(claims)
    .where(and(eq(claims.kind, "plan"), eq(claims.sourceId, planId), isNull(claims.releasedAt)));
  return new Map(rows.map((row) => [row.invoiceId, row]));
}
