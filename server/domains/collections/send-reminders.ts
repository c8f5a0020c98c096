import { sql } from "drizzle-orm";

import { maxBigint, minBigint, money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { withTransaction } from "#db/transaction.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";
import { listAnnounced } from "#server/domains/autopay/index.ts";
import { getPolicy, todayIn } from "#server/domains/business/index.ts";
import { type Bill, getAccountMoney, listOpenBills } from "#server/domains/invoices/index.ts";
import { doDuty, eachAlone } from "#server/domains/jobs/index.ts";
import { mailMoney, queueMail } from "#server/domains/notifications/index.ts";
import { makeLinks } from "#server/domains/pay-links/index.ts";
import { getPromise } from "#server/domains/plans/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { unsignedPayPath } from "#server/platform/pay-link-path.ts";

import { isPaused, listPauses } from "./rows.ts";
import { reminderDay } from "./rules.ts";

/**
 * Reminds of bills by the policy's schedule, one mail per account and day with the net amount that is asked for: not of
 * what is held (in dispute, on a plan, on its way, under review, on a chosen date), not of what open credit covers,
 * and not of what autopay has announced to take, or to try again: its own notices speak of that.
 * Each bill has its pay link, so that nobody has to sign in. Waits for a promised day; leaves imported and paused accounts alone. Each stage of a bill once. Says how many mails.
 */
export async function sendReminders(ctx: Ctx): Promise<number> {
  const { body: policy } = await getPolicy(ctx.db, "reminders");
  if (!policy.enabled || policy.days.length === 0) return 0;
  const [first, last] = [Math.min(...policy.days), Math.max(...policy.days)];
  const accounts = await ctx.db.execute<{ id: string }>(sql`
    select distinct a.id from accounts a join invoices i on i.account_id = a.id
    where a.quarantined_at is null and a.email is not null and i.open_minor > i.held_minor
      and (${ctx.now.toISOString()}::timestamptz at time zone a.zone)::date
        between i.due_on + ${first}::int and i.due_on + ${last}::int + 7
    order by a.id`);
  let sent = 0;
  await eachAlone(accounts, async ({ id }) => {
    if (await withTransaction(ctx.db, (tx) => remindAccount({ ctx, tx }, { accountId: id, days: policy.days })))
      sent += 1;
  });
  return sent;
}

type Asked = { bill: Bill; leftMinor: bigint };

async function remindAccount(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { accountId, days }: { accountId: string; days: readonly number[] },
): Promise<boolean> {
  const account = await lockAccount(tx, accountId);
  const today = todayIn(account.zone, ctx.now);
  if (account.email === null || (await getPromise(tx, accountId)) !== null) return false;
  const pauses = await listPauses(tx, { accountId, today });
  const asked = await listAsked(tx, { accountId, today });
  const due: Asked[] = [];
  for (const one of asked) {
    const day = isPaused(pauses, one.bill.id) ? null : reminderDay(days, one.bill.dueOn, today);
    if (day === null || one.leftMinor === 0n) continue;
    if (await doDuty(tx, { duty: "collections.reminder", subjectId: one.bill.id, day })) due.push(one);
  }
  if (due.length === 0) return false;
  const links = await makeLinks({ ctx, tx }, { bills: due.map(({ bill }) => bill), today });
  const paths = links.map(({ id }) => unsignedPayPath(id));
  const of = (minor: bigint) => mailMoney(money(minor, account.currency));
  await queueMail(tx, {
    ...{ kind: "reminder", to: account.email, accountId, dedupeKey: `reminder:${accountId}:${today}` },
    at: ctx.now,
    data: {
      ...{
        accountNumber: account.number,
        path: (due.length === 1 && paths[0]) || "/pay",
        late: due.some(({ bill }) => bill.dueOn < today),
      },
      total: of(due.reduce((sum, { leftMinor }) => sum + leftMinor, 0n)),
      bills: due.map(({ bill: { number, dueOn }, leftMinor }, at) => ({
        ...{ number, dueOn, left: of(leftMinor), path: paths[at] ?? "/pay" },
      })),
    },
  });
  return true;
}

/** What is asked for of each bill after the open credit that goes first, oldest due first, and what autopay will take. */
async function listAsked(tx: Tx, of: { accountId: string; today: ReturnType<typeof todayIn> }): Promise<Asked[]> {
  const { unapplied } = await getAccountMoney(tx, of.accountId, of.today);
  const announced = await listAnnounced(tx, of.accountId);
  let credit = unapplied.amountMinor;
  return (await listOpenBills(tx, of)).map((bill) => {
    const covered = minBigint(credit, bill.payableMinor);
    credit -= covered;
    return { bill, leftMinor: maxBigint(bill.payableMinor - covered - (announced.get(bill.id) ?? 0n), 0n) };
  });
}
