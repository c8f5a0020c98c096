import { type Money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { getAccount } from "#server/domains/accounts/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { type AccountMoney, getAccountMoney } from "#server/domains/invoices/index.ts";
import { type Ctx, within } from "#server/platform/ctx.ts";
import { bug } from "#server/platform/faults.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { applyCreditIn, type CreditRefusal, type CreditRequest } from "./apply-credit.ts";

export type CreditPreview = {
  onInvoice: Money;
  becameCredit: Money;
  /** What the account's numbers are, and what they become. */
  before: AccountMoney;
  after: AccountMoney;
};

class Undo extends Error {}

/**
 * What a credit would change, number by number: it is given and undone in one transaction, so the preview is the truth
 * and never a second set of rules. Leaves nothing behind, no card, no event. Refuses and throws as applyCredit.
 */
export async function previewCredit({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Omit<CreditRequest, "conversationId" | "idempotencyKey">;
}): Promise<Ok<CreditPreview> | CreditRefusal> {
  authorize(ctx.actor, "credit.give", input.accountId);
  if (!("$client" in ctx.db)) throw bug("a preview has a transaction of its own, to undo");
  const { zone } = await getAccount(ctx.db, input.accountId);
  const today = todayIn(zone, ctx.now);
  const seen: { result: Ok<CreditPreview> | CreditRefusal | null } = { result: null };
  const trial = async (tx: Tx) => {
    const before = await getAccountMoney(tx, input.accountId, today);
    const request = {
      ...input,
      conversationId: null,
      idempotencyKey: `preview:${ctx.requestId}:${ctx.now.toISOString()}`,
    };
    const applied = await applyCreditIn({ ctx: within(ctx, tx), tx }, request);
    if (applied.ok) {
      const { onInvoice, becameCredit } = applied.value;
      const after = await getAccountMoney(tx, input.accountId, today);
      seen.result = ok({ onInvoice, becameCredit, before, after });
    } else seen.result = applied;
    throw new Undo();
  };
  await ctx.db.transaction(trial).catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error;
  });
  if (seen.result === null) throw bug("a preview ended without an answer");
  return seen.result;
}
