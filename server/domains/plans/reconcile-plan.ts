import { and, eq, inArray } from "drizzle-orm";

import { addDays, type LocalDate } from "#app/contracts/local-date.ts";
import { type Tx } from "#db/client.ts";
import { draftBills, drafts, planDrafts, planInstalments } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { type Account, lockAccount } from "#server/domains/accounts/index.ts";
import { announceDraft, cancelDraftsOf } from "#server/domains/autopay/index.ts";
import { getPolicy, todayIn } from "#server/domains/business/index.ts";
import { placeClaim } from "#server/domains/invoices/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { endPlan } from "./end-plan.ts";
import { type DraftFacts, judgePlan, type Judged, otherwiseOf } from "./judge-plan.ts";
import { mailMissed, mailMoved, type MovedInstalment } from "./mail-missed.ts";
import { type FactsRead, listClaims, listHeld, readFacts } from "./read-facts.ts";
import { lockPlan, type PlanRow, readPlan } from "./rows.ts";
import { type Instalment, payableUntil, splitOverBills, takenOn } from "./rules.ts";

/** Brings a running plan in line with everything that happened to its bills and drafts. A second run changes nothing. */
export async function reconcilePlan(ctx: Ctx, planId: string): Promise<void> {
  const { accountId } = await readPlan(ctx.db, planId);
  await withTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, accountId);
    await reconcileIn({ ctx, tx }, { account, planId });
  });
}

/**
 * As reconcilePlan, under the account's lock that the caller holds. What was `told` has no notice of its own, nor has what
 * is announced as something moves to the end: the mail of that names each day and amount that is left.
 */
export async function reconcileIn(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { account, planId, told = [] }: { account: Account; planId: string; told?: readonly Instalment[] },
): Promise<void> {
  const plan = await lockPlan(tx, planId);
  if (plan.state !== "active") return;
  const today = todayIn(account.zone, ctx.now);
  const facts = await readFacts(tx, { plan, today });
  const judged = judgePlan(facts);
  await keepClaims({ ctx, tx }, { plan, judged, today });
  const moved = await keepInstalments({ ctx, tx }, { plan, account, judged, facts });
  if (judged.verdict === "goes_on") {
    await keepDrafts({ ctx, tx }, { plan, judged, facts, told: moved.length > 0 ? "all" : told });
    // After the drafts: the last one may have another day, to be told of in time.
    for (const missed of moved) await mailMoved(tx, { plan, account, at: ctx.now, missed });
    return;
  }
  await endPlan({ ctx, tx }, { plan, account, to: judged.verdict, reason: null });
}

type Judging = { plan: PlanRow; judged: Judged; facts: FactsRead };

async function keepClaims(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { plan, judged, today }: { plan: PlanRow; judged: Judged; today: LocalDate },
): Promise<void> {
  const standing = await listClaims(tx, plan.id);
  const changed = judged.wanted.filter(
    ({ invoiceId, wantedMinor }) => (standing.get(invoiceId)?.wantedMinor ?? 0n) !== wantedMinor,
  );
  if (changed.length === 0) return;
  const { accountId, id } = plan;
  await placeClaim(tx, {
    ...{ accountId, kind: "plan", sourceId: id, bills: changed, occurredOn: today, occurredAt: ctx.now },
  });
}

/** Writes down how each instalment stands, and tells of those that are missed. Says which have moved to the end just now. */
async function keepInstalments(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { plan, account, judged, facts }: Judging & { account: Account },
): Promise<MovedInstalment[]> {
  const rows = await tx.select().from(planInstalments).where(eq(planInstalments.planId, plan.id));
  const movedNow: MovedInstalment[] = [];
  for (const { position, dueMinor, state, moved } of judged.instalments) {
    const row = rows.find((one) => one.position === position);
    if (!row) continue;
    if (state === "missed" && judged.verdict === "goes_on") {
      const { dueOn } = row;
      const draft = facts.instalments.find((one) => one.position === position)?.draft ?? null;
      const payBy = payableUntil({ dueOn, draft }, facts.graceDays);
      const otherwise = otherwiseOf(judged, { position, missedAllowed: facts.missedAllowed });
      const instalment = { position, dueOn, dueMinor, payBy, draft, otherwise };
      await mailMissed(tx, { plan, account, at: ctx.now, instalment });
    }
    if (moved && !row.moved) movedNow.push({ position, dueOn: row.dueOn, dueMinor: row.dueMinor });
    const missedOn = state === "missed" ? (row.missedOn ?? facts.today) : row.missedOn;
    if (row.dueMinor === dueMinor && row.state === state && row.moved === moved && row.missedOn === missedOn) continue;
    await tx
      .update(planInstalments)
      .set({ dueMinor, state, moved, missedOn })
      .where(and(eq(planInstalments.planId, plan.id), eq(planInstalments.position, position)));
  }
  return movedNow;
}

/** Announced drafts that no longer fit are cancelled and announced anew; what is due soon is announced. */
async function keepDrafts(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { plan, judged, facts, told }: Judging & { told: readonly Instalment[] | "all" },
): Promise<void> {
  const { body } = await getPolicy(tx, "autopay");
  const held = await listHeld(tx, plan.id);
  const heldMinor = held.reduce((sum, bill) => sum + bill.heldMinor, 0n);
  const left = new Map(held.map((bill) => [bill.invoiceId, bill.heldMinor]));
  const waiting: { position: number; dueMinor: bigint; draft: DraftFacts | null; dueOn: LocalDate }[] = [];
  const taken = new Set<LocalDate>();
  for (const { position, dueMinor } of judged.instalments) {
    const row = facts.instalments.find((one) => one.position === position);
    if (!row) continue;
    const { draft, dueOn } = row;
    if (draft?.state === "announced" && fits({ draft, dueMinor, heldMinor })) {
      taken.add(draft.draftOn);
      await leaveOut(tx, { draftId: draft.id, left });
      continue;
    }
    if (draft?.state === "announced") {
      const reason = "plan_changed";
      await cancelDraftsOf({ ctx, tx }, { source: "plan", sourceId: plan.id, reason, draftId: draft.id });
      waiting.push({ position, dueMinor, draft: { ...draft, state: "canceled", cancelReason: reason }, dueOn });
    } else if (draft === null || draft.state === "canceled" || draft.state === "paid") {
      if (draft?.state === "paid") taken.add(draft.draftOn);
      waiting.push({ position, dueMinor, draft, dueOn });
    } else taken.add(draft.draftOn);
  }
  for (const one of waiting) {
    if (one.dueMinor === 0n || addDays(one.dueOn, -body.noticeDays) > facts.today) continue;
    let draftOn = takenOn(one, { today: facts.today, noticeDays: body.noticeDays });
    while (taken.has(draftOn)) draftOn = addDays(draftOn, 1);
    const known =
      told === "all" || told.some(({ dueOn, amountMinor }) => dueOn === draftOn && amountMinor === one.dueMinor);
    if (await announce({ ctx, tx }, { plan, one, left, draftOn, told: known })) taken.add(draftOn);
  }
}

/** Never more than is due; less only while something else holds the bills. */
const fits = ({ draft, dueMinor, heldMinor }: { draft: DraftFacts; dueMinor: bigint; heldMinor: bigint }): boolean =>
  draft.announcedMinor === dueMinor || (draft.announcedMinor < dueMinor && heldMinor < dueMinor);

async function leaveOut(tx: Tx, { draftId, left }: { draftId: string; left: Map<string, bigint> }): Promise<void> {
  const rows = await tx
    .select()
    .from(draftBills)
    .innerJoin(drafts, eq(drafts.id, draftBills.draftId))
    .where(inArray(draftBills.draftId, [draftId]));
  for (const { draft_bills: bill } of rows) {
    const before = left.get(bill.invoiceId) ?? 0n;
    left.set(bill.invoiceId, before > bill.announcedMinor ? before - bill.announcedMinor : 0n);
  }
}

async function announce(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  {
    plan,
    one,
    left,
    draftOn,
    told,
  }: {
    plan: PlanRow;
    one: { position: number; dueMinor: bigint };
    left: Map<string, bigint>;
    draftOn: LocalDate;
    told: boolean;
  },
): Promise<boolean> {
  const free = [...left].map(([invoiceId, heldMinor]) => ({ invoiceId, heldMinor }));
  const parts = splitOverBills(free, one.dueMinor);
  if (parts.length === 0) return false;
  const announcedMinor = parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  for (const part of parts) left.set(part.invoiceId, (left.get(part.invoiceId) ?? 0n) - part.amountMinor);
  const draft = await announceDraft(tx, {
    ...{ accountId: plan.accountId, source: "plan", sourceId: plan.id, draftOn, methodId: plan.paymentMethodId },
    ...{ madeBy: plan.acceptedBy, at: ctx.now },
    // Of less, while something else holds the bills, nobody else tells.
    told: told && announcedMinor === one.dueMinor,
    bills: parts.map(({ invoiceId, amountMinor }) => ({ invoiceId, announcedMinor: amountMinor })),
  });
  await tx.insert(planDrafts).values({ draftId: draft.id, planId: plan.id, position: one.position });
  await tx
    .update(planInstalments)
    .set({ state: "announced" })
    .where(and(eq(planInstalments.planId, plan.id), eq(planInstalments.position, one.position)));
  return true;
}
