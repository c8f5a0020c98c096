import { addDays, type LocalDate } from "#app/contracts/local-date.ts";
import { runAutopayDuties } from "#server/domains/autopay/index.ts";
import { listOpenBills } from "#server/domains/invoices/index.ts";
import { listSavedMethods, startMethodSetup } from "#server/domains/payments/index.ts";
import { acceptPlan, offerPlan, reconcilePlan } from "#server/domains/plans/index.ts";

import { type DemoStaff } from "./demo-logins.ts";
import { makeToken } from "./make-token.ts";
import { type Planner } from "./seed-plans.ts";
import { type DemoTools, must } from "./tools.ts";

const AGREED_DAYS_AGO = 62;
/** Announced, taken and declined; the second announced; the first moved to it; declined again; broken. */
const DAYS_AGO = [56, 46, 42, 35, 25, 14];
const LEAST_MINOR = 20_00n;

/**
 * A plan of two months ago whose card was declined twice: each day that mattered is lived through by the duties that
 * live through it every day. The first of these people with a bill that old and large enough. Says whose it is.
 */
export async function seedBrokenPlan(
  tools: DemoTools,
  staff: DemoStaff,
  { people, today, mandateText }: { people: readonly Planner[]; today: LocalDate; mandateText: string },
): Promise<Planner | null> {
  const agreedOn = addDays(today, -AGREED_DAYS_AGO);
  for (const person of people) {
    const { accountId, customer } = person;
    const then = (by: Parameters<DemoTools["as"]>[0], daysAgo = AGREED_DAYS_AGO) => tools.as(by, daysAgo * 24);
    const open = await listOpenBills(tools.as(customer).db, { accountId, today });
    const old = open.filter((bill) => bill.issuedOn < agreedOn && bill.payableMinor >= LEAST_MINOR);
    if (old.length === 0) continue;
    const methodId = await saveDecliningCard(tools, person);
    const terms = { downMinor: 0n, instalments: 2, every: "two_weeks" as const, firstOn: addDays(agreedOn, 16) };
    const offered = await offerPlan({
      ctx: then(staff.rep),
      input: {
        ...{ accountId, invoiceIds: old.map((bill) => bill.id), ...terms, conversationId: null, countersId: null },
        ...{ note: null, seenVersion: null, idempotencyKey: "demo-plan-broken" },
      },
    });
    if (!offered.ok) continue;
    const { planId } = offered.value;
    must(await acceptPlan({ ctx: then(customer), input: { planId, methodId, mandateText, ip: "198.51.100.10" } }));
    for (const daysAgo of DAYS_AGO) {
      const ctx = then({ kind: "system", name: "demo" }, daysAgo);
      await reconcilePlan(ctx, planId);
      await runAutopayDuties(ctx);
      await reconcilePlan(ctx, planId);
    }
    return person;
  }
  return null;
}

/** A card that can be saved and is declined whenever it is charged. */
async function saveDecliningCard(tools: DemoTools, { customer, accountId }: Planner): Promise<string> {
  const ctx = tools.as(customer, (AGREED_DAYS_AGO + 1) * 24);
  const confirmationToken = await makeToken(tools.runtime.stripe, "pm_card_chargeCustomerFail");
  const input = { accountId, confirmationToken, makeDefault: true, idempotencyKey: `demo-broken-card:${accountId}` };
  await startMethodSetup({ ctx, input });
  return (await listSavedMethods(ctx.db, { accountId, now: tools.now }))[0]?.id ?? "";
}
