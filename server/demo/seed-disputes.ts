import { type DisputeOutcome, fileDispute, resolveDispute, takeDisputeStep } from "#server/domains/disputes/index.ts";

import { type Customer, type DemoStaff } from "./demo-logins.ts";
import { type DemoTools, must, uuidOf } from "./tools.ts";

export type DemoCase = {
  key: string;
  customer: Customer;
  accountId: string;
  invoiceId: string;
  amountMinor: bigint | null;
  reason: "wrong_amount" | "not_received" | "charged_twice" | "not_mine" | "quality";
  description: string;
  hoursAgo: number;
  way: "open" | "acknowledged" | "investigating" | "asked" | DisputeOutcome | "withdrawn";
};

const DECISIONS: Record<DisputeOutcome, string> = {
  for_customer: "You are right: the pick-up did not happen. We took it off this bill.",
  partially: "The reading was estimated. We took back the difference to your usual month.",
  denied: "The meter was read twice and both readings agree, so the charge stands.",
};

/** Takes a case as far as it shall go, step by step, as the customer and a rep would have. */
export async function seedCase({ as }: DemoTools, staff: DemoStaff, one: DemoCase): Promise<string> {
  const { customer, accountId, invoiceId, amountMinor, reason, description, key, way, hoursAgo } = one;
  const filed = must(
    await fileDispute({
      ctx: as(customer, hoursAgo),
      input: {
        ...{ accountId, invoiceId, amountMinor, reason, description },
        ...{ lineId: null, fileIds: [], clientKey: uuidOf(key) },
      },
    }),
  );
  const { disputeId } = filed;
  const step = async (name: "acknowledge" | "investigate" | "ask_customer", note: string | null, later: number) =>
    must(
      await takeDisputeStep({
        ctx: as(staff.rep, Math.max(0, hoursAgo - later)),
        input: { disputeId, step: name, note },
      }),
    );
  if (way === "open") return disputeId;
  if (way === "withdrawn") {
    must(
      await takeDisputeStep({ ctx: as(customer, Math.max(0, hoursAgo - 5)), input: { disputeId, step: "withdraw" } }),
    );
    return disputeId;
  }
  await step("acknowledge", "We have it and look at your meter's record first.", 2);
  if (way === "acknowledged") return disputeId;
  await step("investigate", null, 8);
  if (way === "investigating") return disputeId;
  if (way === "asked") {
    await step("ask_customer", "Could you send a photo of the meter's dial?", 12);
    return disputeId;
  }
  must(
    await resolveDispute({
      ctx: as(staff.supervisor, Math.max(0, hoursAgo - 30)),
      input: {
        ...{ disputeId, outcome: way, creditKind: "credit_note", reason: DECISIONS[way] },
        amountMinor: way === "partially" ? 9_00n : null,
        idempotencyKey: `demo-decision:${key}`,
      },
    }),
  );
  return disputeId;
}

const WAYS: readonly Pick<DemoCase, "way" | "reason" | "description">[] = [
  {
    way: "open",
    reason: "wrong_amount",
    description: "My neighbour has the same house and pays half. The reading cannot be right.",
  },
  { way: "acknowledged", reason: "not_received", description: "The refuse truck did not come twice this month." },
  { way: "investigating", reason: "not_mine", description: "This meter number is not the one in my cellar." },
  { way: "asked", reason: "wrong_amount", description: "We were away for three weeks and the usage went up." },
  { way: "for_customer", reason: "not_received", description: "No recycling pick-up on the 9th." },
  { way: "partially", reason: "wrong_amount", description: "The bill says estimated. Estimated from what?" },
  { way: "denied", reason: "wrong_amount", description: "I do not believe the sewer charge." },
  { way: "withdrawn", reason: "charged_twice", description: "I see this amount twice in my bank." },
];

/** Open and decided cases, each on the newest bill of another account. */
export async function seedDisputes(
  tools: DemoTools,
  staff: DemoStaff,
  filers: readonly { customer: Customer; accountId: string; invoiceId: string }[],
): Promise<void> {
  for (const [at, filer] of filers.entries()) {
    const plan = WAYS[at % WAYS.length];
    if (!plan) continue;
    const amountMinor = 18_00n + BigInt(at) * 1_25n;
    await seedCase(tools, staff, { key: `case-${String(at)}`, ...filer, ...plan, amountMinor, hoursAgo: 20 + at * 21 });
  }
}
