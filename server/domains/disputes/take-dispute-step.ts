import { eq } from "drizzle-orm";

import { addDays } from "#app/contracts/local-date.ts";
import { minBigint } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { disputes } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { type Account, lockAccount } from "#server/domains/accounts/index.ts";
import { authorize, type Permission } from "#server/domains/auth/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { placeClaim, releaseClaimsOf } from "#server/domains/invoices/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { mailStep } from "./mail-step.ts";
import { askedOf, creditableOf, type DisputeRow, lockDispute, moveDispute, sumLiveDisputes } from "./rows.ts";
import { type DisputeStep, nextState } from "./rules.ts";

/** The steps that move a case without deciding it; deciding is `resolveDispute`. */
export type PlainStep = Exclude<DisputeStep, "resolve_for_customer" | "resolve_partially" | "deny" | "close">;

const PERMISSION: Record<PlainStep, Permission> = {
  acknowledge: "dispute.work",
  investigate: "dispute.work",
  ask_customer: "dispute.work",
  customer_replied: "dispute.work",
  reopen: "dispute.work",
  withdraw: "dispute.withdraw",
  appeal: "dispute.appeal",
};

/** How long a withdrawn or closed case can be opened again. */
const REOPEN_WITHIN_DAYS = 60;

export type StepRefusal =
  | (Refusal<"not_in_state"> & { state: DisputeRow["state"] })
  | Refusal<"too_late">
  | Refusal<"nothing_left">
  | Refusal<"note_needed">;

/**
 * Moves a case by one step: acknowledge, investigate, ask the customer, withdraw, appeal, reopen. Withdrawing releases
 * its claim; an appeal or reopening claims what is still in question again. Doing it twice is refused as `not_in_state`.
 * Throws not_found for a foreign case, and a fault for whoever may not take the step.
 */
export async function takeDisputeStep({
  ctx,
  input: { disputeId, step, note = null },
}: {
  ctx: Ctx;
  input: { disputeId: string; step: PlainStep; note?: string | null };
}): Promise<Ok<DisputeRow> | StepRefusal> {
  const [found] = await ctx.db.select().from(disputes).where(eq(disputes.id, disputeId)).limit(1);
  if (!found) throw notFound("dispute");
  authorize(ctx.actor, PERMISSION[step], found.accountId);
  if ((step === "appeal" || step === "ask_customer") && (note ?? "").trim() === "") return refuse("note_needed");
  return withTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, found.accountId);
    const dispute = await lockDispute(tx, disputeId);
    const to = nextState(dispute.state, step, dispute);
    if (to === null) return refuse("not_in_state", { state: dispute.state });
    const today = todayIn(account.zone, ctx.now);
    if (step === "appeal" && dispute.appealBy !== null && today > dispute.appealBy) return refuse("too_late");
    if (step === "reopen" && dispute.closedOn !== null && today > addDays(dispute.closedOn, REOPEN_WITHIN_DAYS)) {
      return refuse("too_late");
    }
    const claims = step === "appeal" || step === "reopen";
    const wantedMinor = claims ? await wantedAgain(tx, dispute) : 0n;
    if (claims && wantedMinor <= 0n) return refuse("nothing_left");
    await moveClaim({ ctx, tx }, { account, dispute, step, wantedMinor });
    const changes = changesOf({ ctx, dispute, step, today });
    const moved = await moveDispute({ ctx, tx }, { dispute, to, kind: step, note: note?.trim() ?? null, changes });
    await mailStep(tx, { account, dispute: moved, step, at: ctx.now });
    return ok(moved);
  });
}

/** What an appeal or a reopening puts in question again: what was not given, as far as the bill has it left. */
async function wantedAgain(tx: Tx, dispute: DisputeRow): Promise<bigint> {
  const others =
    dispute.invoiceId === null ? 0n : await sumLiveDisputes(tx, { column: "invoiceId", id: dispute.invoiceId });
  return minBigint(askedOf(dispute), (await creditableOf(tx, dispute)) - others);
}

type Stepping = { account: Account; dispute: DisputeRow; step: PlainStep; wantedMinor: bigint };

async function moveClaim(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { account, dispute, step, wantedMinor }: Stepping,
): Promise<void> {
  const at = { occurredOn: todayIn(account.zone, ctx.now), occurredAt: ctx.now };
  const claim = { accountId: account.id, kind: "dispute" as const, sourceId: dispute.id };
  if (step === "withdraw") await releaseClaimsOf(tx, { ...claim, timeline: "dispute_settled", ...at });
  if ((step === "appeal" || step === "reopen") && dispute.invoiceId !== null) {
    await placeClaim(tx, { ...claim, bills: [{ invoiceId: dispute.invoiceId, wantedMinor }], ...at });
  }
}

function changesOf({
  ctx,
  dispute,
  step,
  today,
}: {
  ctx: Ctx;
  dispute: DisputeRow;
  step: PlainStep;
  today: ReturnType<typeof todayIn>;
}): Partial<DisputeRow> {
  const ownerLoginId = dispute.ownerLoginId ?? (ctx.actor.kind === "staff" ? loginIdOf(ctx.actor) : null);
  const acknowledged = dispute.acknowledgedAt ?? ctx.now;
  switch (step) {
    case "acknowledge":
    case "investigate":
    case "ask_customer":
      return { ownerLoginId, acknowledgedAt: acknowledged };
    case "withdraw":
      return { closedOn: today };
    case "appeal":
      return { appealed: true, decidedAt: null, appealBy: null };
    case "reopen":
      return { closedOn: null, decidedAt: null, appealBy: null };
    case "customer_replied":
      return {};
  }
}
