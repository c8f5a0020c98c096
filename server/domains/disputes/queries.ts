import { aliasedTable, and, asc, desc, eq, inArray, sql } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { money, type Money } from "#app/contracts/money.ts";
import { type DbOrTx } from "#db/client.ts";
import {
  accounts,
  claims,
  conversations,
  disputeEvents,
  disputeFiles,
  type DisputeReason,
  disputes,
  type DisputeState,
  files,
  invoiceLines,
  invoices,
  logins,
} from "#db/schema/index.ts";
import { notFound } from "#server/platform/faults.ts";
import { decodeDayCursor, decodeIdCursor, type Page, PAGE_LIMIT, toPage } from "#server/platform/paging.ts";

import { LIVE_STATES } from "./rows.ts";
import { type ClockState, clockState, type DisputeStep, stepsFrom } from "./rules.ts";

/** A case as lists show it. */
export type Dispute = {
  id: string;
  number: string;
  accountId: string;
  accountNumber: string;
  accountName: string;
  state: DisputeState;
  reason: DisputeReason;
  amount: Money;
  /** What is kept out of what is asked for, right now. */
  held: Money;
  granted: Money | null;
  billNumber: string | null;
  lineDescription: string | null;
  ownerName: string | null;
  ownerLoginId: string | null;
  openedOn: LocalDate;
  /** The next promise of the policy's clock, and how the case stands against it. */
  clock: { state: ClockState; dueOn: LocalDate | null };
  appealBy: LocalDate | null;
  conversationId: string | null;
  conversationNumber: string | null;
  version: number;
  imported: boolean;
};

const owners = aliasedTable(logins, "owner");

const select = (db: DbOrTx) =>
  db
    .select({
      dispute: disputes,
      accountNumber: accounts.number,
      accountName: accounts.name,
      billNumber: invoices.number,
      lineDescription: invoiceLines.description,
      ownerName: owners.name,
      conversationNumber: conversations.number,
      heldMinor: sql<string>`coalesce((select sum(${claims.heldMinor}) from ${claims}
        where ${claims.kind} = 'dispute' and ${claims.sourceId} = ${disputes.id}), 0)`,
    })
    .from(disputes)
    .innerJoin(accounts, eq(accounts.id, disputes.accountId))
    .leftJoin(invoices, eq(invoices.id, disputes.invoiceId))
    .leftJoin(invoiceLines, eq(invoiceLines.id, disputes.invoiceLineId))
    .leftJoin(owners, eq(owners.id, disputes.ownerLoginId))
    .leftJoin(conversations, eq(conversations.id, disputes.conversationId));

type Row = Awaited<ReturnType<typeof select>>[number];

function toDispute({ dispute, heldMinor, ...names }: Row, today: LocalDate): Dispute {
  const { id, number, accountId, state, reason, amountMinor, currency, grantedMinor, ownerLoginId } = dispute;
  const { openedOn, appealBy, conversationId, version, imported } = dispute;
  return {
    ...{ id, number, accountId, state, reason, ownerLoginId, openedOn, appealBy, conversationId, version, imported },
    ...names,
    amount: money(amountMinor, currency),
    held: money(BigInt(heldMinor), currency),
    granted: grantedMinor === null ? null : money(grantedMinor, currency),
    clock: clockState(dispute, today),
  };
}

/** Cases of an account, newest first, a keyset page at a time. `today` is the account's. */
export async function listDisputesOfAccount(
  db: DbOrTx,
  query: {
    accountId: string;
    today: LocalDate;
    live?: boolean;
    /** Only those about this bill. */
    invoiceId?: string | undefined;
    cursor?: string | null | undefined;
    limit?: number;
  },
): Promise<Page<Dispute>> {
  const limit = Math.min(query.limit ?? PAGE_LIMIT, 200);
  const after = decodeIdCursor(query.cursor);
  const rows = await select(db)
    .where(
      and(
        eq(disputes.accountId, query.accountId),
        query.invoiceId === undefined ? undefined : eq(disputes.invoiceId, query.invoiceId),
        query.live === true ? inArray(disputes.state, LIVE_STATES) : undefined,
        after ? sql`${disputes.id} < ${after}::uuid` : undefined,
      ),
    )
    .orderBy(desc(disputes.id))
    .limit(limit + 1);
  return toPage(
    rows.map((row) => toDispute(row, query.today)),
    limit,
    (dispute) => [dispute.id],
  );
}

export const BOARD_FILTERS = ["live", "unowned", "mine", "waiting_on_customer", "decided", "all"] as const;
export type BoardFilter = (typeof BOARD_FILTERS)[number];

/** Cases for staff: the one whose promise is due soonest first. */
export async function listDisputes(
  db: DbOrTx,
  query: {
    filter: BoardFilter;
    today: LocalDate;
    loginId?: string | null;
    cursor?: string | null | undefined;
    limit?: number;
  },
): Promise<Page<Dispute>> {
  const limit = Math.min(query.limit ?? PAGE_LIMIT, 200);
  const after = decodeDayCursor(query.cursor);
  const due = sql<string>`coalesce(case when ${disputes.acknowledgedAt} is null then ${disputes.acknowledgeBy}
    else ${disputes.resolveBy} end, '9999-12-31'::date)`;
  const rows = await select(db)
    .where(
      and(
        boardFilter(query.filter, query.loginId ?? null),
        after ? sql`(${due}, ${disputes.id}) > (${after.day}::date, ${after.id}::uuid)` : undefined,
      ),
    )
    .orderBy(asc(due), asc(disputes.id))
    .limit(limit + 1);
  const items = rows.map((row) => toDispute(row, query.today));
  return toPage(items, limit, (dispute) => [dueOf(rows, dispute.id), dispute.id]);
}

function dueOf(rows: readonly Row[], id: string): string {
  const dispute = rows.find((row) => row.dispute.id === id)?.dispute;
  const due = dispute?.acknowledgedAt === null ? dispute.acknowledgeBy : dispute?.resolveBy;
  return due ?? "9999-12-31";
}

function boardFilter(filter: BoardFilter, loginId: string | null) {
  const live = inArray(disputes.state, LIVE_STATES);
  switch (filter) {
    case "live":
      return live;
    case "unowned":
      return and(live, sql`${disputes.ownerLoginId} is null`);
    case "mine":
      return and(live, sql`${disputes.ownerLoginId} = ${loginId}::uuid`);
    case "waiting_on_customer":
      return eq(disputes.state, "waiting_on_customer");
    case "decided":
      return inArray(disputes.state, ["resolved_for_customer", "resolved_partially", "denied"]);
    case "all":
      return undefined;
  }
}

export type DisputeEvent = {
  id: string;
  kind: string;
  from: DisputeState | null;
  to: DisputeState | null;
  actorName: string | null;
  actorRole: string | null;
  note: string | null;
  facts: Record<string, unknown>;
  occurredAt: Date;
};

export type DisputeDetail = Dispute & {
  invoiceId: string | null;
  description: string;
  decisionReason: string | null;
  acknowledgeBy: LocalDate | null;
  resolveBy: LocalDate | null;
  closedOn: LocalDate | null;
  filedBy: string | null;
  files: { id: string; name: string; byteSize: number }[];
  events: DisputeEvent[];
  /** The steps it takes now. Who may take them is the policy's business. */
  steps: DisputeStep[];
};

/** A case by its number. Throws not_found for an unknown one; authorise on its account. */
export async function getDispute(db: DbOrTx, number: string, today: LocalDate): Promise<DisputeDetail> {
  const [row] = await select(db).where(eq(disputes.number, number)).limit(1);
  if (!row) throw notFound("dispute");
  return toDetail(db, row, today);
}

/** As getDispute, by id: for the pane beside its conversation. */
export async function getDisputeById(db: DbOrTx, disputeId: string, today: LocalDate): Promise<DisputeDetail> {
  const [row] = await select(db).where(eq(disputes.id, disputeId)).limit(1);
  if (!row) throw notFound("dispute");
  return toDetail(db, row, today);
}

async function toDetail(db: DbOrTx, row: Row, today: LocalDate): Promise<DisputeDetail> {
  const { id, invoiceId, description, decisionReason, acknowledgeBy, resolveBy, closedOn, filedBy } = row.dispute;
  const [attached, events] = await Promise.all([
    db
      .select({ id: files.id, name: files.name, byteSize: files.byteSize })
      .from(disputeFiles)
      .innerJoin(files, eq(files.id, disputeFiles.fileId))
      .where(eq(disputeFiles.disputeId, id)),
    listEvents(db, id),
  ]);
  return {
    ...toDispute(row, today),
    ...{ invoiceId, description, decisionReason, acknowledgeBy, resolveBy, closedOn, filedBy, events },
    files: attached,
    steps: stepsFrom(row.dispute.state, row.dispute),
  };
}

async function listEvents(db: DbOrTx, disputeId: string): Promise<DisputeEvent[]> {
  const rows = await db
    .select({ event: disputeEvents, actorName: logins.name, actorRole: logins.role })
    .from(disputeEvents)
    .leftJoin(logins, eq(logins.id, disputeEvents.actorLoginId))
    .where(eq(disputeEvents.disputeId, disputeId))
    .orderBy(asc(disputeEvents.id));
  return rows.map(({ event, actorName, actorRole }) => {
    const { id, kind, fromState, toState, note, facts, occurredAt } = event;
    return { id, kind, from: fromState, to: toState, actorName, actorRole, note, facts, occurredAt };
  });
}
