import { currency } from "#app/contracts/currency.ts";
import { saveBusiness, todayIn } from "#server/domains/business/index.ts";
import { listOpenBills } from "#server/domains/invoices/index.ts";
import { type Runtime } from "#server/runtime.ts";

import { type DemoStaff, makeCustomer, makeStaff } from "./demo-logins.ts";
import { demoAccounts, STORY_NUMBER } from "./people.ts";
import { beginConversations } from "./seed-conversations.ts";
import { seedDisputes } from "./seed-disputes.ts";
import { type DemoHistory, seedHistory } from "./seed-history.ts";
import { seedAutopay } from "./seed-autopay.ts";
import { seedBrokenPlan } from "./seed-broken-plan.ts";
import { seedCollections, seedLateFees } from "./seed-collections.ts";
import { planMandate, type Planner, seedPlans } from "./seed-plans.ts";
import { seedRecentPayments } from "./seed-recent.ts";
import { seedStory } from "./seed-story.ts";
import { demoTools, type DemoTools, must } from "./tools.ts";

const ZONE = "America/New_York";
const USD = currency("USD");

/**
 * Larkhaven Water: a believable biller with two years of books, made by the same commands that people use, the same on
 * every machine. `say` hears what is being written.
 */
export async function seedDemo(runtime: Runtime, say: (what: string) => void = () => undefined): Promise<void> {
  const tools = demoTools(runtime);
  const ctx = tools.as({ kind: "system", name: "demo" });
  must(await saveBusiness({ ctx, input: { draft: LARKHAVEN, expectedVersion: 0 } }));
  const staff = await makeStaff(ctx);
  say("two years of bills");
  const history = await seedHistory({ ctx, today: todayIn(ZONE, tools.now), zone: ZONE });
  say("payments, disputes, conversations");
  const { planners, savers, late } = await seedPeople(tools, history, staff);
  const today = todayIn(ZONE, tools.now);
  const breaking = { people: late, today, mandateText: await planMandate(tools) };
  const [broken] = await Promise.all([seedBrokenPlan(tools, staff, breaking), seedStory(tools, history, staff, ZONE)]);
  const [promises, pauses, ...more] = late.filter((person) => person !== broken);
  const story = history.accounts.get(STORY_NUMBER) ?? "";
  await seedCollections(tools, staff, { story, promises, pauses, today });
  await Promise.all([
    seedAutopay(tools, [...more, ...savers], ZONE),
    seedPlans(tools, staff, { planners, story, zone: ZONE }),
  ]);
  // Today's would be charged by the first tick, side by side.
  await seedLateFees(tools, { story, today, daysAgo: 0 });
}

const LARKHAVEN = {
  ...{ name: "Larkhaven Water", legalName: "Larkhaven Water & Waste District", phone: "+1 207 555 0100" },
  address: { line1: "4 Pumphouse Lane", city: "Larkhaven", region: "ME", postalCode: "04841", country: "US" },
  ...{ supportEmail: "billing@larkhaven.example", zone: ZONE, currency: USD, locale: "en-US" },
  ...{ senderName: "Larkhaven Water", senderEmail: "billing@larkhaven.example", paymentTermDays: 21 },
  terms:
    "Payable within 21 days. Questions about a bill do not make it late: tell us within 60 days and the part in question waits.",
};

type Followers = { planners: Planner[]; savers: Planner[]; late: Planner[] };

/** Some accounts pay today, some dispute, some write. */
async function seedPeople(tools: DemoTools, history: DemoHistory, staff: DemoStaff): Promise<Followers> {
  const ctx = tools.as({ kind: "system", name: "demo" });
  const today = todayIn(ZONE, tools.now);
  const drafts = demoAccounts({ count: 200, currency: USD, zone: ZONE });
  const mailed = drafts.slice(1).filter((draft) => draft.email !== null);
  const owing = [];
  for (const draft of mailed) {
    const accountId = history.accounts.get(draft.number) ?? "";
    const [bill] = await listOpenBills(ctx.db, { accountId, today });
    if (bill) owing.push({ draft, accountId, bill });
  }
  const paying = owing.slice(0, 20).map(({ draft }) => draft.number);
  const known = await Promise.all(
    owing.slice(20, 47).map(async ({ draft, accountId, bill }) => ({
      ...{ accountId, invoiceId: bill.id },
      customer: await makeCustomer(ctx, { accountId, person: { email: draft.email ?? "", name: draft.name } }),
    })),
  );
  const talkers = await Promise.all(
    mailed.slice(-24).map(async (draft) => {
      const accountId = history.accounts.get(draft.number) ?? "";
      const person = { email: draft.email ?? "", name: draft.name };
      return { accountId, customer: await makeCustomer(ctx, { accountId, person }) };
    }),
  );
  // Side by side is only what takes no number from the others.
  const talking = async () => {
    const goOn = await beginConversations(tools, talkers, staff);
    await Promise.all([goOn(), seedDisputes(tools, staff, known.slice(0, 16))]);
  };
  await Promise.all([seedRecentPayments(tools, history, ZONE, paying), talking()]);
  return { planners: known.slice(16, 18), savers: known.slice(18, 21), late: known.slice(21) };
}
