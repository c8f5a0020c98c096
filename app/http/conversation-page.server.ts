import { randomUUID } from "node:crypto";

import { type ThreadData } from "#app/contracts/realtime/thread.ts";
import { getAccount } from "#server/domains/accounts/index.ts";
import { creditLimitOf } from "#server/domains/adjustments/index.ts";
import { getAutopay, nextDraft } from "#server/domains/autopay/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { getDisputeById, listDisputesOfAccount } from "#server/domains/disputes/index.ts";
import { getAccountMoney, listOpenBills } from "#server/domains/invoices/index.ts";
import { listPayments } from "#server/domains/payments/index.ts";
import { listPlans } from "#server/domains/plans/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

const PAYMENTS_SHOWN = 5;

/** What stands beside a conversation: the account's money, its bills, payments and cases, and what the rep may give. */
export async function readBeside(ctx: Ctx, { accountId, subject, subjectId }: ThreadData["conversation"]) {
  const row = await getAccount(ctx.db, accountId);
  const today = todayIn(row.zone, ctx.now);
  const [money, bills, payments, disputes, limit, dispute, plans, autopay, draft] = await Promise.all([
    getAccountMoney(ctx.db, accountId, today),
    listOpenBills(ctx.db, { accountId, today }),
    listPayments(ctx.db, { accountId, limit: PAYMENTS_SHOWN }),
    listDisputesOfAccount(ctx.db, { accountId, today, live: true, limit: PAYMENTS_SHOWN }),
    creditLimitOf(ctx, row),
    subject === "dispute" && subjectId !== null ? getDisputeById(ctx.db, subjectId, today) : null,
    listPlans(ctx.db, { accountId, live: true, limit: PAYMENTS_SHOWN }),
    getAutopay(ctx.db, accountId),
    nextDraft(ctx.db, accountId),
  ]);
  const { number, name, email, phone } = row;
  return {
    ...{ account: { number, name, email, phone }, money, bills, limit, dispute, formKey: randomUUID() },
    ...{ payments: payments.items, disputes: disputes.items, plans, autopay, draft },
  };
}
