import { minBigint, money } from "#app/contracts/money.ts";
import { withTransaction } from "#db/transaction.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { applyOpenCredits, getAccountMoney, listOpenBills } from "#server/domains/invoices/index.ts";
import { findStartedAction, startAction } from "#server/domains/ledger/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { bug } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

export type UsedCredit = { usedMinor: bigint };

/**
 * Puts the account's open credit on one bill, as far as it asks for something; the oldest credit goes first. Refuses when
 * there is no credit, or nothing to put it on. The same key does it once. Throws a fault for whoever may not pay.
 */
export async function useCredit({
  ctx,
  input: { accountId, invoiceId, idempotencyKey },
}: {
  ctx: Ctx;
  input: { accountId: string; invoiceId: string; idempotencyKey: string };
}): Promise<Ok<UsedCredit> | Refusal<"nothing_to_use"> | Refusal<"key_reused_with_other_input">> {
  authorize(ctx.actor, "payment.make", accountId);
  return withTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, accountId);
    const asked = { accountId, invoiceId };
    const known = await findStartedAction(tx, { idempotencyKey, input: asked });
    if (known && !known.ok) return known;
    if (known) return ok({ usedMinor: known.action.amountMinor });
    const today = todayIn(account.zone, ctx.now);
    const [{ unapplied }, open] = await Promise.all([
      getAccountMoney(tx, accountId, today),
      listOpenBills(tx, { accountId, today }),
    ]);
    const bill = open.find((one) => one.id === invoiceId);
    const usedMinor = minBigint(bill?.payableMinor ?? 0n, unapplied.amountMinor);
    if (usedMinor <= 0n) return refuse("nothing_to_use");
    const started = await startAction(tx, {
      ...{ kind: "apply_credit", state: "done", accountId, amount: money(usedMinor, account.currency) },
      ...{ makerLoginId: loginIdOf(ctx.actor), idempotencyKey, input: asked, occurredOn: today },
      reason: "chosen by the payer",
    });
    if (!started.ok || !started.fresh) throw bug("a key was free a moment ago, under the account's lock");
    const step = { actionId: started.action.id, occurredOn: today, occurredAt: ctx.now };
    const applied = await applyOpenCredits(tx, { accountId, invoiceId, step });
    if (applied.reduce((sum, one) => sum + one.amountMinor, 0n) !== usedMinor) throw bug("credit fell short on a bill");
    return ok({ usedMinor });
  });
}
