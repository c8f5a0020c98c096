import { eq } from "drizzle-orm";

import { addDays, type LocalDate } from "#app/contracts/local-date.ts";
import { minBigint, money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { disputes, invoices } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { type Account, lockAccount, mailAccount } from "#server/domains/accounts/index.ts";
import {
  type Given,
  type GiftRefusal,
  type NamedLimitRefusal,
  planDisputeCredit,
} from "#server/domains/adjustments/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { feeFreeUntil, getPolicy, todayIn } from "#server/domains/business/index.ts";
import { appendCard, lockConversation } from "#server/domains/conversations/index.ts";
import { releaseClaimsOf } from "#server/domains/invoices/index.ts";
import { findStartedAction, finishAction, startAction } from "#server/domains/ledger/index.ts";
import { mailMoney } from "#server/domains/notifications/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { bug, notFound } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { askedOf, creditableOf, type DisputeRow, lockDispute, moveDispute } from "./rows.ts";
import { nextState } from "./rules.ts";

export type DisputeOutcome = "for_customer" | "partially" | "denied";

export type Decision = {
  disputeId: string;
  outcome: DisputeOutcome;
  /** What is given, in minor units; only of `partially`. */
  amountMinor: bigint | null;
  /** credit_note: the bill was wrong. goodwill: it was right, and we give anyway. */
  creditKind: "credit_note" | "goodwill";
  /** What the customer reads. */
  reason: string;
  idempotencyKey: string;
  /** The case's version that the form showed; left out skips the comparison. */
  seenVersion?: number;
};

export type ResolvedDispute = { disputeId: string; actionId: string; messageSeq: number | null; fresh: boolean };

export type ResolveRefusal =
  | GiftRefusal
  | NamedLimitRefusal
  | Refusal<"reason_needed">
  | (Refusal<"not_in_state"> & { state: DisputeRow["state"] })
  | (Refusal<"case_changed"> & { version: number })
  | (Refusal<"amount_out_of_range"> & { mostMinor: bigint })
  | Refusal<"key_reused_with_other_input">;

const STEP = { for_customer: "resolve_for_customer", partially: "resolve_partially", denied: "deny" } as const;

/**
 * Decides a case. What is given follows as a credit within the maker's limits, the claim is settled, and the decision
 * stands as a card in the case, all in one transaction (conversation, account, bill, case locked in this order). A case
 * won on a paid bill becomes open credit. The same key decides once; two reps at once decide once. Refuses as the type says.
 */
export async function resolveDispute({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Decision;
}): Promise<Ok<ResolvedDispute> | ResolveRefusal> {
  const [found] = await ctx.db.select().from(disputes).where(eq(disputes.id, input.disputeId)).limit(1);
  if (!found) throw notFound("dispute");
  authorize(ctx.actor, "dispute.resolve", found.accountId);
  if (input.reason.trim() === "") return refuse("reason_needed");
  return withTransaction(ctx.db, async (tx) => {
    if (found.conversationId !== null) await lockConversation(tx, found.conversationId);
    const account = await lockAccount(tx, found.accountId);
    const { idempotencyKey, seenVersion, ...asked } = input;
    const known = await findStartedAction(tx, { idempotencyKey, input: asked });
    if (known && !known.ok) return known;
    if (known) return ok(await answerAgain(tx, { dispute: found, actionId: known.action.id }));
    const dispute = await lockDispute(tx, input.disputeId);
    const to = nextState(dispute.state, STEP[input.outcome], dispute);
    if (to === null) return refuse("not_in_state", { state: dispute.state });
    if (seenVersion !== undefined && seenVersion !== dispute.version) {
      return refuse("case_changed", { version: dispute.version });
    }
    const given = amountOf(minBigint(askedOf(dispute), await creditableOf(tx, dispute)), input);
    if (!given.ok) return given;
    const plan = await planGiving({ ctx, tx }, { account, dispute, input, amountMinor: given.value });
    if (!plan.ok) return plan;
    return ok(
      await decide({ ctx, tx }, { account, dispute, to, input, asked, amountMinor: given.value, give: plan.give }),
    );
  });
}

/** What is given now: all that is still in question, a part of it, or nothing. */
function amountOf(
  mostMinor: bigint,
  { outcome, amountMinor }: Decision,
): Ok<bigint> | Extract<ResolveRefusal, { reason: "amount_out_of_range" | "more_than_left" }> {
  if (outcome === "denied") return ok(0n);
  if (mostMinor <= 0n) return refuse("more_than_left", { leftMinor: 0n });
  if (outcome === "for_customer") return ok(mostMinor);
  const asked = amountMinor ?? 0n;
  return asked > 0n && asked < mostMinor ? ok(asked) : refuse("amount_out_of_range", { mostMinor });
}

type Give = Extract<Awaited<ReturnType<typeof planDisputeCredit>>, { ok: true }>["give"];
type Deciding = { account: Account; dispute: DisputeRow; input: Decision; amountMinor: bigint };

async function planGiving(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { account, dispute, input, amountMinor }: Deciding,
): Promise<{ ok: true; give: Give | null } | GiftRefusal | NamedLimitRefusal> {
  if (amountMinor === 0n) return { ok: true, give: null };
  if (dispute.invoiceId === null) throw bug("a dispute without a bill has nothing to credit yet");
  return planDisputeCredit(
    { ctx, tx },
    {
      ...{ account, disputeId: dispute.id, invoiceId: dispute.invoiceId, lineId: dispute.invoiceLineId, amountMinor },
      ...{ kind: input.creditKind, reason: "dispute", memo: input.reason.trim(), wantedAfterMinor: 0n },
    },
  );
}

async function decide(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  deciding: Deciding & { to: DisputeRow["state"]; asked: unknown; give: Give | null },
): Promise<ResolvedDispute> {
  const { account, dispute, input, amountMinor, give } = deciding;
  const { id: accountId, currency, zone } = account;
  const occurredOn = todayIn(zone, ctx.now);
  const makerLoginId = loginIdOf(ctx.actor);
  const { conversationId } = dispute;
  const started = await startAction(tx, {
    ...{ kind: "resolve_dispute", state: "in_progress", accountId, amount: money(amountMinor, currency) },
    ...{ reason: input.reason.trim(), makerLoginId, conversationId, occurredOn },
    ...{ idempotencyKey: input.idempotencyKey, input: deciding.asked },
  });
  if (!started.ok || !started.fresh) throw bug("a decision's key was free a moment ago, under the account's lock");
  const actionId = started.action.id;
  const step = { actionId, occurredOn, occurredAt: ctx.now };
  const credit = give === null ? null : await give(step);
  if (credit === null) {
    const claim = { accountId, kind: "dispute" as const, sourceId: dispute.id };
    await releaseClaimsOf(tx, { ...claim, timeline: "dispute_settled", occurredOn, occurredAt: ctx.now });
  }
  await finishAction(tx, actionId, "done", await factsOf(tx, { dispute, outcome: input.outcome, credit }));
  await record({ ctx, tx }, { ...deciding, occurredOn });
  if (conversationId === null) return { disputeId: dispute.id, actionId, messageSeq: null, fresh: true };
  const { seq } = await appendCard(tx, { conversationId, actionId, senderLoginId: makerLoginId, at: ctx.now });
  return { disputeId: dispute.id, actionId, messageSeq: seq, fresh: true };
}

async function record(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  deciding: Deciding & { to: DisputeRow["state"]; occurredOn: LocalDate },
): Promise<void> {
  const { account, dispute, to, input, amountMinor, occurredOn } = deciding;
  const { body } = await getPolicy(tx, "dispute_clock");
  const clock = (dispute.reason === "imported" ? undefined : body[dispute.reason]) ?? body.default;
  const appealBy =
    dispute.appealed || input.outcome === "for_customer" ? null : addDays(occurredOn, clock.appealWithinDays);
  const ownerLoginId = dispute.ownerLoginId ?? (ctx.actor.kind === "staff" ? ctx.actor.loginId : null);
  const moved = await moveDispute(
    { ctx, tx },
    {
      ...{ dispute, to, kind: STEP[input.outcome], note: input.reason.trim() },
      facts: { givenMinor: amountMinor.toString() },
      changes: {
        ...{ ownerLoginId, decidedAt: ctx.now, decidedBy: loginIdOf(ctx.actor), decisionReason: input.reason.trim() },
        ...{ grantedMinor: (dispute.grantedMinor ?? 0n) + amountMinor, appealBy },
        acknowledgedAt: dispute.acknowledgedAt ?? ctx.now,
      },
    },
  );
  if (dispute.imported) return;
  const given = mailMoney(money(amountMinor, account.currency));
  const bill = await billOf(tx, dispute);
  const rest = bill !== null && bill.openMinor > 0n && input.outcome !== "for_customer";
  await mailAccount(tx, {
    ...{ kind: "dispute_decided", account, doneBy: dispute.filedBy },
    dedupeKey: `dispute-decided:${dispute.id}:${String(moved.version)}`,
    at: ctx.now,
    data: {
      ...{ number: dispute.number, path: `/disputes/${dispute.number}`, bill: bill?.number ?? "", given },
      ...{ outcome: input.outcome, reason: input.reason.trim(), appealUntil: appealBy },
      payBy: rest ? await feeFreeUntil(tx, { dueOn: bill.dueOn, askedOn: occurredOn }) : null,
    },
  });
}

async function billOf(tx: Tx, { invoiceId }: DisputeRow) {
  if (invoiceId === null) return null;
  const { number, dueOn, openMinor } = invoices;
  const [bill] = await tx.select({ number, dueOn, openMinor }).from(invoices).where(eq(invoices.id, invoiceId));
  return bill ?? null;
}

async function factsOf(
  tx: Tx,
  { dispute, outcome, credit }: { dispute: DisputeRow; outcome: DisputeOutcome; credit: Given | null },
): Promise<Record<string, unknown>> {
  const about = { dispute: dispute.number, outcome, bill: (await billOf(tx, dispute))?.number ?? "" };
  if (credit === null) return about;
  const { number, openBefore, openAfter, restMinor } = credit;
  const amounts = { openBeforeMinor: openBefore.toString(), openAfterMinor: openAfter.toString() };
  return { ...about, ...amounts, number, restMinor: restMinor.toString() };
}

async function answerAgain(
  tx: Tx,
  { dispute, actionId }: { dispute: DisputeRow; actionId: string },
): Promise<ResolvedDispute> {
  const { conversationId } = dispute;
  const card = conversationId === null ? null : await appendCard(tx, { conversationId, actionId, senderLoginId: null });
  return { disputeId: dispute.id, actionId, messageSeq: card?.seq ?? null, fresh: false };
}
