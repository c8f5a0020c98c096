import { addDays, type LocalDate } from "#app/contracts/local-date.ts";
import { getBusiness, todayIn } from "#server/domains/business/index.ts";
import { getAccountMoney, listOpenBills } from "#server/domains/invoices/index.ts";
import { listSavedMethods, startPayment } from "#server/domains/payments/index.ts";
import { acceptPlan, offerPlan, proposePlan } from "#server/domains/plans/index.ts";

import { type Customer, type DemoStaff } from "./demo-logins.ts";
import { makeToken } from "./make-token.ts";
import { type DemoTools, must } from "./tools.ts";

export type Planner = { customer: Customer; accountId: string };

/** Three payment plans: one runs since today, one was proposed and waits for a rep, one is offered to the story's customer. */
export async function seedPlans(
  tools: DemoTools,
  staff: DemoStaff,
  { planners, story, zone }: { planners: readonly Planner[]; story: string; zone: string },
): Promise<void> {
  const [runs, waits] = planners;
  const [today, rep] = [todayIn(zone, tools.now), tools.as(staff.rep)];
  if (runs) {
    const methodId = await saveCard(tools, { ...runs, today });
    const offer = { conversationId: null, countersId: null, note: null, seenVersion: null };
    const terms = await termsOf(tools, { accountId: runs.accountId, today });
    const down = { downMinor: 10_00n };
    const offered = await offerPlan({
      ctx: rep,
      input: { ...terms, ...down, ...offer, idempotencyKey: "demo-plan-runs" },
    });
    // A bill too small for a plan stays as it is.
    if (offered.ok) {
      const input = {
        planId: offered.value.planId,
        methodId,
        mandateText: await planMandate(tools),
        ip: "198.51.100.7",
      };
      must(await acceptPlan({ ctx: tools.as(runs.customer), input }));
    }
  }
  if (waits) {
    const methodId = await saveCard(tools, { ...waits, today });
    const terms = await termsOf(tools, { accountId: waits.accountId, today });
    await proposePlan({
      ctx: tools.as(waits.customer),
      input: {
        ...{ ...terms, methodId, mandateText: await planMandate(tools), ip: "198.51.100.8", countersId: null },
        ...{ note: "Could I split this? I am paid at the end of the month.", title: "Payment plan", seenVersion: null },
        idempotencyKey: "demo-plan-waits",
      },
    });
  }
  const terms = await termsOf(tools, { accountId: story, today });
  await offerPlan({
    ctx: rep,
    input: {
      ...{ ...terms, conversationId: null, countersId: null, note: null, seenVersion: null },
      idempotencyKey: "demo-plan-offered",
    },
  });
}

/** What is agreed to with a plan. */
export async function planMandate(tools: DemoTools): Promise<string> {
  const { name } = await getBusiness(tools.runtime.makeCtx({ kind: "system", name: "demo" }, "demo-plans").db);
  return `I authorize ${name} to take the instalments of this plan from my card on their dates. I can pay everything at once at any time.`;
}

async function termsOf(tools: DemoTools, { accountId, today }: { accountId: string; today: LocalDate }) {
  const { db } = tools.as({ kind: "system", name: "demo" });
  const open = await listOpenBills(db, { accountId, today });
  const { toPayNow } = await getAccountMoney(db, accountId, today);
  const instalments = toPayNow.amountMinor >= 45_00n ? 3 : 2;
  const invoiceIds = open.filter((bill) => bill.payableMinor > 0n).map((bill) => bill.id);
  return { accountId, invoiceIds, downMinor: 0n, instalments, every: "month" as const, firstOn: addDays(today, 28) };
}

/** A small payment with a card that is kept, as people come to have one. */
export async function saveCard(
  tools: DemoTools,
  { customer, accountId, today }: Planner & { today: LocalDate },
): Promise<string> {
  const ctx = tools.as(customer);
  const [bill] = await listOpenBills(ctx.db, { accountId, today });
  const token = await makeToken(tools.runtime.stripe, "pm_card_visa");
  must(
    await startPayment({
      ctx,
      input: {
        ...{ accountId, amountMinor: 5_00n, bills: [{ invoiceId: bill?.id ?? "", amountMinor: 5_00n }] },
        ...{ seenVersion: null, creditAllowed: false, idempotencyKey: `demo-plan-card:${accountId}` },
        means: { kind: "token", confirmationToken: token, save: true },
      },
    }),
  );
  return (await listSavedMethods(ctx.db, { accountId, now: tools.now }))[0]?.id ?? "";
}
