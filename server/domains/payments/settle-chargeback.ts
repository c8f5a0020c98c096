import { eq } from "drizzle-orm";

import { money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { chargebacks } from "#db/schema/index.ts";
import { getPolicy, todayIn } from "#server/domains/business/index.ts";
import {
  giveBackPayment,
  releaseClaimsOf,
  type Step,
  type TakenBack,
  writeOff,
} from "#server/domains/invoices/index.ts";
import { finishAction, type JournalDraft, startAction } from "#server/domains/ledger/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { bug } from "#server/platform/faults.ts";

import { addToPayment } from "./rows.ts";
import { type Chargeback, readSplit, type Telling } from "./split.ts";

type Settling = Telling & { chargeback: Chargeback };

/** What the state becomes: a return is lost from the start, an inquiry that was closed moved no money. */
function stateOf({ facts, chargeback }: Settling): Chargeback["state"] {
  if (facts.kind === "return") return "lost";
  if (facts.state === "won" || facts.state === "lost") return facts.state;
  if (facts.state === "under_review") return "submitted";
  if (!facts.withdrawn) return "inquiry";
  return chargeback.state === "inquiry" ? "opened" : chargeback.state;
}

/** Follows the network from opened to its decision; a decided one is left as it is. In the caller's transaction. */
export async function settleChargeback({ ctx, tx }: { ctx: Ctx; tx: Tx }, settling: Settling): Promise<void> {
  const { account, payment, facts, chargeback } = settling;
  const state = stateOf(settling);
  const decided = chargeback.closedOn !== null;
  if (decided || (state === chargeback.state && facts.kind !== "return")) return;
  const final = state === "won" || state === "lost";
  const occurredAt = facts.kind === "return" ? facts.openedAt : ctx.now;
  const step = { actionId: chargeback.actionId, occurredOn: todayIn(account.zone, occurredAt), occurredAt };
  const taken = readSplit(chargeback.split);
  // Won before its money is back on our balance: the next event brings it.
  if (state === "won" && taken !== null && !facts.reinstated) return;
  if (taken !== null && state === "won") await win(tx, { settling, step, taken });
  if (taken !== null && state === "lost" && facts.kind !== "return") await lose(tx, { settling, step });
  await tx
    .update(chargebacks)
    .set({ state, ...(final ? { closedOn: step.occurredOn } : {}) })
    .where(eq(chargebacks.id, chargeback.id));
  if (final) await finishAction(tx, chargeback.actionId, state === "won" ? "done" : "failed");
  const { id: paymentId, accountId } = payment;
  const news = { accountId, paymentId, chargebackId: chargeback.id, kind: chargeback.kind, state };
  await appendEvent(tx, "chargeback.changed", news);
}

type Deciding = { settling: Settling; step: Step; taken: TakenBack };

/** The mirror of opened, line by line; the fee comes back only if the processor gives it back. */
async function win(tx: Tx, { settling, step, taken }: Deciding): Promise<void> {
  const { payment, facts, chargeback } = settling;
  const { accountId, currency, id: paymentId } = payment;
  const back = facts.fees.find((fee) => fee.amountMinor < 0n);
  const also: JournalDraft[] =
    back === undefined
      ? []
      : [
          {
            ...{ ...step, kind: "chargeback_fee_returned", currency, source: back.source },
            entries: [
              { account: "clearing", amountMinor: -back.amountMinor },
              { account: "processor_fees", amountMinor: back.amountMinor },
            ],
          },
        ];
  await giveBackPayment(tx, {
    ...{ accountId, paymentId, chargebackId: chargeback.id, taken, step, also },
    cash: { journal: "chargeback_won", account: "clearing", source: facts.id },
  });
  await addToPayment(tx, paymentId, "chargedBackMinor", -chargeback.amountMinor);
}

/** By policy: the claim is released and the amount asked for again, or it is our loss. */
async function lose(tx: Tx, { settling, step }: Omit<Deciding, "taken">): Promise<void> {
  const { payment, chargeback } = settling;
  const { accountId, currency } = payment;
  const { body: policy } = await getPolicy(tx, "payment");
  const { occurredOn, occurredAt } = step;
  const claim = { accountId, kind: "chargeback" as const, sourceId: chargeback.id };
  const freed = await releaseClaimsOf(tx, { ...claim, timeline: null, occurredOn, occurredAt });
  if (policy.chargebackLost === "collect_again") return;
  for (const { invoiceId, heldMinor: lost } of freed) {
    if (lost <= 0n) continue;
    const started = await startAction(tx, {
      ...{ kind: "write_off", state: "done", accountId, amount: money(lost, currency), makerLoginId: null },
      ...{ reason: "chargeback lost", idempotencyKey: `chargeback-lost:${chargeback.id}:${invoiceId}` },
      ...{ input: { invoiceId }, occurredOn },
    });
    if (!started.ok || !started.fresh) throw bug("a lost chargeback was written off before it was decided");
    const own = { ...step, actionId: started.action.id };
    await writeOff(tx, { step: own, accountId, invoiceId, amountMinor: lost, bearer: "chargeback_losses" });
  }
}
