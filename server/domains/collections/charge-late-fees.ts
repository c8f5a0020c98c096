import { sql } from "drizzle-orm";

import { addDays, type LocalDate } from "#app/contracts/local-date.ts";
import { money, toDecimal } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { withTransaction } from "#db/transaction.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";
import { getPolicy, todayIn } from "#server/domains/business/index.ts";
import { type Bill, getAccountMoney, issueInvoice, listOpenBills } from "#server/domains/invoices/index.ts";
import { doDuty, eachAlone } from "#server/domains/jobs/index.ts";
import { assert } from "#server/platform/assert.ts";
import { type Ctx, within } from "#server/platform/ctx.ts";

import { isPaused, listPauses } from "./rows.ts";
import { feeDay, feeOn, type LateFeePolicy } from "./rules.ts";

/** A fee is due as long after its day as this: nobody is late with it at once. */
const FEE_DUE_DAYS = 14;

/**
 * Charges the late fees that are due, each a small bill of its own beside the bill it is about, once per bill and day.
 * Only what is late and asked for bears one: what is in dispute, on a plan, under the bank's review or on its way does
 * not, nor what open credit covers; a chosen date does. Imported accounts and paused ones are left alone. Off by policy
 * means nothing happens. Says how many were charged.
 */
export async function chargeLateFees(ctx: Ctx): Promise<number> {
  const { body: policy } = await getPolicy(ctx.db, "late_fee");
  if (!policy.enabled) return 0;
  const accounts = await ctx.db.execute<{ id: string }>(sql`
    select distinct a.id from accounts a join invoices i on i.account_id = a.id
    where a.quarantined_at is null and a.status = 'active' and i.kind = 'bill' and i.open_minor > 0
      and i.due_on + ${policy.graceDays}::int < (${ctx.now.toISOString()}::timestamptz at time zone a.zone)::date
    order by a.id`);
  let charged = 0;
  await eachAlone(accounts, async ({ id }) => {
    charged += await withTransaction(ctx.db, (tx) => chargeAccount({ ctx, tx }, { accountId: id, policy }));
  });
  return charged;
}

async function chargeAccount(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { accountId, policy }: { accountId: string; policy: LateFeePolicy },
): Promise<number> {
  const account = await lockAccount(tx, accountId);
  const today = todayIn(account.zone, ctx.now);
  const { unapplied } = await getAccountMoney(tx, accountId, today);
  const bills = await listOpenBills(tx, { accountId, today });
  const pauses = await listPauses(tx, { accountId, today });
  let credit = unapplied.amountMinor;
  let charged = 0;
  for (const bill of bills) {
    const covered = credit < bill.payableMinor ? credit : bill.payableMinor;
    credit -= covered;
    const day = bill.kind === "bill" ? feeDay(policy, bill.dueOn, today) : null;
    if (day === null || isPaused(pauses, bill.id)) continue;
    const feeMinor = feeOn(policy, bill.payableMinor - covered + bill.heldMinor.scheduled);
    if (feeMinor === 0n || !(await doDuty(tx, { duty: "collections.late_fee", subjectId: bill.id, day }))) continue;
    await issueFee({ ctx, tx }, { bill, accountId, day, today, feeMinor });
    charged += 1;
  }
  return charged;
}

type Fee = { bill: Bill; accountId: string; day: LocalDate; today: LocalDate; feeMinor: bigint };

async function issueFee({ ctx, tx }: { ctx: Ctx; tx: Tx }, { bill, accountId, day, today, feeMinor }: Fee) {
  const issued = await issueInvoice({
    ctx: within(ctx, tx),
    input: {
      ...{ accountId, kind: "late_fee", parentId: bill.id, issuedOn: today, dueOn: addDays(today, FEE_DUE_DAYS) },
      lines: [
        {
          description: `Late fee for bill ${bill.number}`,
          explanation: `Bill ${bill.number} was due on ${bill.dueOn} and not paid in full.`,
          unitPrice: toDecimal(money(feeMinor, bill.currency)),
        },
      ],
      idempotencyKey: `late-fee:${bill.id}:${day}`,
    },
  });
  assert(issued.ok, "a late fee of one line is issued");
}
