import { daysBetween, type LocalDate } from "#app/contracts/local-date.ts";
import { currency } from "#app/contracts/currency.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { listBills, listOpenBills } from "#server/domains/invoices/index.ts";
import { mailIssuedBill } from "#server/domains/pay-links/index.ts";
import { recordManualPayment, startPayment } from "#server/domains/payments/index.ts";

import { type Customer, DEMO_PASSWORD, type DemoStaff, makeCustomer } from "./demo-logins.ts";
import { makeToken } from "./make-token.ts";
import { STORY_NUMBER } from "./people.ts";
import { seedTalk } from "./seed-conversations.ts";
import { seedCase } from "./seed-disputes.ts";
import { type DemoHistory } from "./seed-history.ts";
import { type DemoTools, must } from "./tools.ts";

/**
 * Maya Hartwell, customer@demo.test: two years of bills, a few unpaid, a check, a saved card, a card that was declined,
 * a case won and one open, a credit given in a conversation, and a question that waits.
 */
export async function seedStory(tools: DemoTools, history: DemoHistory, staff: DemoStaff, zone: string): Promise<void> {
  const accountId = history.accounts.get(STORY_NUMBER) ?? "";
  const system = tools.as({ kind: "system", name: "demo" });
  const today = todayIn(zone, tools.now);
  const person = { email: "customer@demo.test", name: "Maya Hartwell" };
  const customer = await makeCustomer(system, { accountId, person, password: DEMO_PASSWORD });
  const [newest] = (await listBills(system.db, { accountId, today, limit: 1 })).items;
  const [oldest, second] = await listOpenBills(system.db, { accountId, today });
  if (!newest || !oldest || !second) return;
  const of = { customer, accountId };
  await seedCase(tools, staff, {
    ...{
      key: "story-won",
      ...of,
      rep: staff.rep,
      invoiceId: oldest.id,
      amountMinor: 20_60n,
      reason: "not_received",
      way: "for_customer",
    },
    ...{ description: "None of the four recycling pick-ups on this bill happened.", hoursAgo: 24 * 20 },
  });
  await payByCheck(tools, staff, { accountId, invoiceId: oldest.id, receivedOn: today });
  const issued = tools.as({ kind: "system", name: "demo" }, daysBetween(newest.issuedOn, today) * 24);
  await mailIssuedBill({ ctx: issued, input: { accountId, invoiceId: newest.id } });
  await pay(tools, { ...of, key: "declined", method: "pm_card_chargeDeclinedInsufficientFunds", invoiceId: second.id });
  await pay(tools, { ...of, key: "paid", method: "pm_card_visa", invoiceId: second.id });
  await seedTalk(tools, {
    ...{ key: "story-talk", ...of, rep: staff.rep, subject: { subject: "bill", subjectId: second.id } },
    ...{ title: `Bill ${second.number}`, hoursAgo: 24 * 6, end: "closed" },
    lines: [
      {
        from: "customer",
        body: "The water was brown for two days after you flushed the mains. I had to run the taps for an hour.",
      },
      {
        from: "rep",
        body: "I am sorry, the notice should have reached you. I am giving you a credit for the water you ran.",
      },
      { from: "customer", body: "Thank you, that was quick." },
    ],
    credit: {
      amountMinor: 7_50n,
      currency: currency("USD"),
      invoiceId: newest.id,
      note: "For the water run after flushing.",
    },
  });
  await seedCase(tools, staff, {
    ...{
      key: "story-open",
      ...of,
      rep: staff.rep,
      invoiceId: newest.id,
      amountMinor: 24_00n,
      reason: "wrong_amount",
      way: "investigating",
    },
    ...{ description: "We were away for two weeks. How can the usage be higher than in summer?", hoursAgo: 30 },
  });
  await seedTalk(tools, {
    ...{ key: "story-waiting", ...of, rep: staff.rep, subject: { subject: "general" }, title: "Autumn leaves" },
    ...{
      hoursAgo: 0.2,
      end: "waiting",
      lines: [{ from: "customer", body: "Do you collect leaves in November, or do we bring them?" }],
    },
  });
}

async function pay(
  tools: DemoTools,
  one: { customer: Customer; accountId: string; key: string; method: string; invoiceId: string },
): Promise<void> {
  const { customer, accountId, key, method, invoiceId } = one;
  const token = await makeToken(tools.runtime.stripe, method);
  must(
    await startPayment({
      ctx: tools.as(customer),
      input: {
        ...{ accountId, amountMinor: 35_00n, bills: [{ invoiceId, amountMinor: 35_00n }], seenVersion: null },
        ...{ creditAllowed: false, idempotencyKey: `demo-story:${key}` },
        means: { kind: "token", confirmationToken: token, save: true },
      },
    }),
  );
}

async function payByCheck(
  tools: DemoTools,
  staff: DemoStaff,
  { accountId, invoiceId, receivedOn }: { accountId: string; invoiceId: string; receivedOn: LocalDate },
): Promise<void> {
  const check = { kind: "check", amountMinor: 40_00n, receivedOn, reference: "2210" } as const;
  const bills = [{ invoiceId, amountMinor: 40_00n }];
  const input = { accountId, ...check, bills, idempotencyKey: "demo-story-check" };
  must(await recordManualPayment({ ctx: tools.as(staff.rep), input }));
}
