import { addDays, type LocalDate } from "#app/contracts/local-date.ts";
import { DEFAULT_POLICIES, savePolicy } from "#server/domains/business/index.ts";
import { chargeLateFees, pauseCollections, sendReminders } from "#server/domains/collections/index.ts";
import { listBills } from "#server/domains/invoices/index.ts";
import { mailIssuedBill } from "#server/domains/pay-links/index.ts";
import { promiseToPay } from "#server/domains/plans/index.ts";

import { type DemoStaff } from "./demo-logins.ts";
import { type Planner } from "./seed-plans.ts";
import { type DemoTools, must } from "./tools.ts";

const DAY = 24;

type Whose = {
  /** The account of the story, who is told of the fees. */
  story: string;
  promises: Planner | undefined;
  pauses: Planner | undefined;
  today: LocalDate;
};

/**
 * What asking for late money has come to: a fee policy of a month ago, reminders and fees since, somebody who promised a
 * day, and somebody who is left alone for a while.
 */
export async function seedCollections(
  tools: DemoTools,
  staff: DemoStaff,
  { story, promises, pauses, today }: Whose,
): Promise<void> {
  const system = { kind: "system", name: "demo" } as const;
  const fee = { ...DEFAULT_POLICIES.late_fee, enabled: true, mostMinor: 25_00n, leastLateMinor: 10_00n, graceDays: 15 };
  const reason = "The board decided in October: 1.5 % after 15 days, at most $25.";
  must(
    await savePolicy({
      ctx: tools.as(staff.admin, 30 * DAY),
      input: { kind: "late_fee", body: fee, reason, expectedVersion: 0 },
    }),
  );
  if (pauses) {
    const [accountId, untilOn] = [pauses.accountId, addDays(today, 30)];
    const why = "In hospital until the new year; the family called.";
    const input = { accountId, invoiceId: null, untilOn, reason: why };
    must(await pauseCollections({ ctx: tools.as(staff.rep, 15 * DAY), input }));
  }
  await sendReminders(tools.as(system, 12 * DAY));
  await seedLateFees(tools, { story, today, daysAgo: 9 });
  await sendReminders(tools.as(system, 5 * DAY));
  if (promises) {
    const { customer, accountId } = promises;
    const input = { accountId, promisedOn: addDays(today, 5), note: "I am paid on the first." };
    must(await promiseToPay({ ctx: tools.as(customer, 30), input: { ...input, idempotencyKey: "demo-promise" } }));
  }
}

/** The late fees of a day, numbered alike at every start; the story's customer is told of theirs. */
export async function seedLateFees(
  tools: DemoTools,
  { story, today, daysAgo }: { story: string; today: LocalDate; daysAgo: number },
): Promise<void> {
  const ctx = tools.as({ kind: "system", name: "demo" }, daysAgo * DAY);
  await chargeLateFees(ctx, { lanes: 1 });
  const chargedOn = addDays(today, -daysAgo);
  const bills = (await listBills(ctx.db, { accountId: story, today, limit: 10 })).items;
  for (const { id, kind, issuedOn } of bills) {
    if (kind !== "late_fee" || issuedOn !== chargedOn) continue;
    await mailIssuedBill({ ctx, input: { accountId: story, invoiceId: id } });
  }
}
