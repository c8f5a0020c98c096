import {
  type DisputeOutcome,
  fileDispute,
  type PlainStep,
  resolveDispute,
  takeDisputeStep,
  tellSteps,
} from "#server/domains/disputes/index.ts";

import { type Customer, type DemoStaff, type Staff } from "./demo-logins.ts";
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
  /** Who works on it. */
  rep: Staff;
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
  const take = async (
    who: Customer | Staff,
    name: PlainStep,
    { note = null, later }: { note?: string | null; later: number },
  ) => {
    const ctx = as(who, Math.max(0, hoursAgo - later));
    must(await takeDisputeStep({ ctx, input: { disputeId, step: name, note } }));
    // Nobody was there to hear of it: what a subscriber says in the thread is said here, before what came after it.
    await tellSteps(ctx, disputeId);
  };
  const step = (name: PlainStep, note: string | null, later: number) => take(one.rep, name, { note, later });
  if (way === "open") return disputeId;
  if (way === "withdrawn") {
    await take(customer, "withdraw", { later: 5 });
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

type Way = Pick<DemoCase, "way" | "reason" | "description" | "hoursAgo">;

/** New ones are hours old, worked ones days, decided ones longer: what a board looks like on any day. */
const WAYS: readonly Way[] = [
  {
    ...{ way: "open", reason: "wrong_amount", hoursAgo: 0.6 },
    description: "My neighbour has the same house and pays half. The reading cannot be right.",
  },
  {
    ...{ way: "acknowledged", reason: "not_received", hoursAgo: 22 },
    description: "The refuse truck did not come twice this month.",
  },
  {
    ...{ way: "investigating", reason: "not_mine", hoursAgo: 47 },
    description: "This meter number is not the one in my cellar.",
  },
  {
    ...{ way: "asked", reason: "wrong_amount", hoursAgo: 71 },
    description: "We were away for three weeks and the usage went up.",
  },
  {
    ...{ way: "for_customer", reason: "not_received", hoursAgo: 118 },
    description: "No recycling pick-up on the 9th.",
  },
  {
    ...{ way: "partially", reason: "wrong_amount", hoursAgo: 164 },
    description: "The bill says estimated. Estimated from what?",
  },
  {
    ...{ way: "denied", reason: "wrong_amount", hoursAgo: 211 },
    description: "I do not believe the sewer charge. We are on a septic tank.",
  },
  {
    ...{ way: "withdrawn", reason: "charged_twice", hoursAgo: 140 },
    description: "I see this amount twice in my bank.",
  },
  {
    ...{ way: "open", reason: "charged_twice", hoursAgo: 2.4 },
    description: "The fixed charge is on this bill and on the one before, for the same month.",
  },
  {
    ...{ way: "acknowledged", reason: "wrong_amount", hoursAgo: 29 },
    description: "The meter was exchanged in October and nobody took the old reading into account.",
  },
  {
    ...{ way: "investigating", reason: "not_received", hoursAgo: 96 },
    description: "We pay for yard waste and have had no bin since August.",
  },
  {
    ...{ way: "asked", reason: "not_mine", hoursAgo: 124 },
    description: "I sold the flat on the 1st. The buyer should have this bill.",
  },
  {
    ...{ way: "for_customer", reason: "wrong_amount", hoursAgo: 240 },
    description: "4,100 gallons in a week with nobody at home?",
  },
  {
    ...{ way: "denied", reason: "not_received", hoursAgo: 288 },
    description: "The street was not swept in the fall.",
  },
  {
    ...{ way: "partially", reason: "not_received", hoursAgo: 312 },
    description: "Two of the four pick-ups did not happen.",
  },
  { ...{ way: "withdrawn", reason: "wrong_amount", hoursAgo: 330 }, description: "The total is not what I remember." },
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
    await seedCase(tools, staff, {
      ...{ key: `case-${String(at)}`, ...filer, ...plan },
      amountMinor: 18_00n + BigInt(at) * 1_25n,
      rep: at % 3 === 2 ? staff.second : staff.rep,
    });
  }
}
