import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";

import { type ChargeMethod } from "#app/contracts/chargeable.ts";
import { type Tx } from "#db/client.ts";
import { autopayEnrolments, draftBills, drafts, paymentMethods } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";
import { getPolicy, todayIn } from "#server/domains/business/index.ts";
import { getAccountMoney, listOpenBills } from "#server/domains/invoices/index.ts";
import { payableAfterCredit } from "#server/domains/payments/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { announceDraft } from "./announce-draft.ts";
import { eachAlone } from "#server/domains/jobs/index.ts";
import { chargeableParts, type DraftableBill, draftsToAnnounce } from "./rules.ts";
import { type Enrolment } from "./set-up-autopay.ts";

/** Announces what autopay will take, as many days ahead as the policy says. Finds its work; a second run finds none. */
export async function announceDue(ctx: Ctx): Promise<number> {
  const { body } = await getPolicy(ctx.db, "autopay");
  let announced = 0;
  await eachAlone(await findCandidates(ctx, body.noticeDays), async ({ accountId }) => {
    announced += await withTransaction(ctx.db, (tx) => announceFor({ ctx, tx }, { accountId, ...body }));
  });
  return announced;
}

/** Accounts on autopay with a payable bill whose notice is due and that none of the mandate's drafts names. */
const findCandidates = ({ db, now }: Ctx, noticeDays: number) =>
  db.execute<{ accountId: string }>(sql`
    select e.account_id as "accountId" from autopay_enrolments e join accounts a on a.id = e.account_id
    where e.stopped_at is null and e.paused_at is null and a.quarantined_at is null and a.status = 'active' and exists (
      select 1 from invoices i
      where i.account_id = e.account_id and i.open_minor > i.held_minor
        and i.due_on - e.days_before_due
          <= (${now.toISOString()}::timestamptz at time zone a.zone)::date + ${noticeDays}::int
        and not exists (
          select 1 from draft_bills b join drafts d on d.id = b.draft_id
          where b.invoice_id = i.id and d.source = 'autopay' and d.source_id = e.id and ${STANDS}
        )
    )
    order by e.account_id`);

/**
 * A draft that stands names its bills; so do one that failed for good and one that its customer cancelled, or the bill
 * would be announced again and again.
 */
const STANDS = sql`(d.state in ('announced', 'in_flight', 'failed')
  or d.state = 'canceled' and d.cancel_reason = 'by_customer')`;

async function announceFor(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { accountId, noticeDays }: { accountId: string; noticeDays: number },
): Promise<number> {
  const account = await lockAccount(tx, accountId);
  const [enrolment] = await tx
    .select()
    .from(autopayEnrolments)
    .where(and(eq(autopayEnrolments.accountId, accountId), isNull(autopayEnrolments.stoppedAt)));
  if (!enrolment || enrolment.pausedAt !== null) return 0;
  const today = todayIn(account.zone, ctx.now);
  const named = await listNamed(tx, enrolment);
  const [{ unapplied }, open] = await Promise.all([
    getAccountMoney(tx, accountId, today),
    listOpenBills(tx, { accountId, today }),
  ]);
  const bills: DraftableBill[] = payableAfterCredit(open, unapplied.amountMinor).filter(
    (bill) => !named.bills.has(bill.invoiceId),
  );
  const due = draftsToAnnounce({ wish: enrolment, bills, today, noticeDays, monthsTaken: named.months });
  const kind = await kindOf(tx, enrolment.paymentMethodId);
  let count = 0;
  for (const { draftOn, bills: wanted } of due) {
    const announced = chargeableParts(wanted, { currency: account.currency, kind });
    // Too little to be charged: it waits until there is more.
    if (announced.length === 0) continue;
    count += 1;
    await announceDraft(tx, {
      ...{ accountId, source: "autopay", sourceId: enrolment.id, draftOn, bills: announced },
      ...{ methodId: enrolment.paymentMethodId, madeBy: enrolment.acceptedBy, at: ctx.now },
    });
  }
  return count;
}

async function kindOf(tx: Tx, methodId: string): Promise<ChargeMethod> {
  const [method] = await tx
    .select({ kind: paymentMethods.kind })
    .from(paymentMethods)
    .where(eq(paymentMethods.id, methodId));
  return method?.kind === "bank_debit" ? "bank_debit" : "card";
}

async function listNamed(tx: Tx, { id }: Enrolment) {
  const rows = await tx
    .select({ invoiceId: draftBills.invoiceId, state: drafts.state, draftOn: drafts.draftOn, why: drafts.cancelReason })
    .from(drafts)
    .innerJoin(draftBills, eq(draftBills.draftId, drafts.id))
    .where(and(eq(drafts.source, "autopay"), eq(drafts.sourceId, id), or(standing, eq(drafts.state, "paid"))));
  return {
    bills: new Set(rows.filter((row) => row.state !== "paid").map((row) => row.invoiceId)),
    months: new Set(rows.filter((row) => row.state !== "canceled").map((row) => row.draftOn.slice(0, 7))),
  };
}

const standing = or(
  inArray(drafts.state, ["announced", "in_flight", "failed"]),
  and(eq(drafts.state, "canceled"), eq(drafts.cancelReason, "by_customer")),
);
