import { and, eq } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { journals, payments } from "#db/schema/index.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { applyOpenCredits, payBills } from "#server/domains/invoices/index.ts";
import { finishAction, type JournalDraft, postJournals, startAction } from "#server/domains/ledger/index.ts";
import { money } from "#app/contracts/money.ts";
import { present } from "#server/platform/assert.ts";
import { faultPoint } from "#server/platform/fault-point.ts";
import { type ChargeFacts, type IntentFacts } from "#server/platform/processor.ts";

import { keepMethod } from "./keep-method.ts";
import { mailAbout } from "./mail-about.ts";
import { listChosenBills, type PaymentRow } from "./rows.ts";

export type Settling = { payment: PaymentRow; account: Account; facts: IntentFacts };

/**
 * The money has come: clearing / receivable per chosen bill and the rest open credit, the processor's fee beside it, the
 * saved method, the receipt; all in the caller's transaction. Money meant for a bill that is no longer open goes to the
 * next one ("credit goes first").
 */
export async function settleAttempt(tx: Tx, settling: Settling): Promise<void> {
  const { payment, account, facts } = settling;
  const charge = present(facts.charge, "a settled intent has its charge");
  const { accountId, actionId } = payment;
  const step = {
    actionId,
    occurredOn: todayIn(account.zone, charge.settledAt),
    occurredAt: charge.settledAt,
  };
  const chosen = await listChosenBills(tx, payment.id);
  const amountMinor = charge.capturedMinor - payment.feeMinor;
  const { paid } = await payBills(tx, {
    ...{ paymentId: payment.id, accountId, amountMinor, bills: chosen, step },
    cash: { journal: "payment_settled", account: "clearing", source: charge.id, feeMinor: payment.feeMinor },
    also: feeJournals(charge, { payment, account }),
  });
  faultPoint("inside-posting");
  const settled = { settledAt: charge.settledAt, settledOn: step.occurredOn };
  await tx
    .update(payments)
    .set({
      ...{ state: "settled", chargeId: charge.id, capturedMinor: charge.capturedMinor, ...settled },
      ...{ failureCode: null, declineCode: null, retryAdvice: null },
    })
    .where(eq(payments.id, payment.id));
  await finishAction(tx, actionId, "done");
  if (sum(paid) < sum(chosen)) await applyRest(tx, { settling, occurredAt: charge.settledAt });
  if (payment.saveMethod && facts.reusable && facts.method) {
    const paymentMethodId = await keepMethod(tx, { accountId, method: facts.method, savedBy: payment.madeBy });
    await tx.update(payments).set({ paymentMethodId }).where(eq(payments.id, payment.id));
  }
  // A debit settles days after it was asked for: its receipt names the day the books have.
  await mailAbout(tx, { kind: "receipt", payment: { ...payment, ...settled }, account });
}

const sum = (parts: readonly { amountMinor: bigint }[]) => parts.reduce((total, part) => total + part.amountMinor, 0n);

/** The processor's own fee, as its balance transaction tells it: processor fees / clearing. */
function feeJournals(charge: ChargeFacts, { payment, account }: Pick<Settling, "payment" | "account">): JournalDraft[] {
  if (charge.fee === null || charge.fee.amountMinor === 0n) return [];
  const { amountMinor, source } = charge.fee;
  return [
    {
      ...{ actionId: payment.actionId, kind: "processor_fee", currency: payment.currency, source },
      ...{ occurredOn: todayIn(account.zone, charge.settledAt), occurredAt: charge.settledAt },
      entries: [
        { account: "processor_fees", amountMinor },
        { account: "clearing", amountMinor: -amountMinor },
      ],
    },
  ];
}

/** Posts the fee of an attempt that settled before the processor had told its fee. Says whether it did. */
export async function postLateFee(tx: Tx, { payment, account, facts }: Settling): Promise<boolean> {
  const { charge } = facts;
  if (payment.state !== "settled" || !charge || charge.fee === null) return false;
  const [posted] = await tx
    .select({ id: journals.id })
    .from(journals)
    .where(and(eq(journals.actionId, payment.actionId), eq(journals.kind, "processor_fee")));
  if (posted) return false;
  const drafts = feeJournals(charge, { payment, account });
  await postJournals(tx, drafts);
  return drafts.length > 0;
}

/** Under an action of its own: the payment's may have applied credit already, in its first step. */
async function applyRest(tx: Tx, { settling, occurredAt }: { settling: Settling; occurredAt: Date }): Promise<void> {
  const { payment, account } = settling;
  const { accountId, currency, amountMinor } = payment;
  const occurredOn = todayIn(account.zone, occurredAt);
  const idempotencyKey = `rest-of-payment:${payment.id}`;
  const started = await startAction(tx, {
    ...{ kind: "apply_credit", state: "done", accountId, amount: money(amountMinor, currency), makerLoginId: null },
    ...{ idempotencyKey, input: { paymentId: payment.id }, occurredOn, reason: "credit goes first" },
  });
  if (!started.ok || !started.fresh) return;
  await applyOpenCredits(tx, { accountId, step: { actionId: started.action.id, occurredOn, occurredAt } });
}
