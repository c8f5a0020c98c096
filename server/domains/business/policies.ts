import { z } from "zod";

import { NO_FEE } from "#app/contracts/convenience-fee.ts";

const minor = z.coerce.bigint().min(0n);
const limit = z.object({ perActionMinor: minor.nullable(), perDayMinor: minor.nullable() });

/** Hundredths of a percent, and minor units. */
const feeRate = z.object({ basisPoints: z.int().min(0).max(1_000), fixedMinor: minor });

const clock = z.object({
  label: z.string(),
  acknowledgeWithinDays: z.int().min(0).max(365),
  resolveWithinDays: z.int().min(1).max(730),
  businessDays: z.boolean(),
  appealWithinDays: z.int().min(0).max(365),
});

/** The policies a biller can edit. Amounts are minor units of the business currency, as decimal text in storage. */
export const POLICY_SCHEMAS = {
  /** What each role may give away by one action and in one business day; null is no limit. */
  credit_limits: z.object({ rep: limit, supervisor: limit, admin: limit }),
  /** Days a dispute owes its customer. Templates to edit, not law: their sources are in docs/policies.md. */
  dispute_clock: z.object({
    default: clock,
    charged_twice: clock.optional(),
    wrong_amount: clock.optional(),
    not_received: clock.optional(),
    not_mine: clock.optional(),
    quality: clock.optional(),
    already_paid: clock.optional(),
    canceled: clock.optional(),
    other: clock.optional(),
  }),
  autopay: z.object({
    /** Days between the notice and the draft. Default after 12 CFR 1005.10(d): ten where amounts vary. */
    noticeDays: z.int().min(1).max(28),
    /** How far out a customer may put a payment. */
    scheduleAtMostDays: z.int().min(1).max(180),
  }),
  late_fee: z.object({
    enabled: z.boolean(),
    /** Hundredths of a percent of what is late. */
    basisPoints: z.int().min(0).max(5_000),
    fixedMinor: minor,
    /** The most one fee is; null is no limit but what is late. */
    mostMinor: minor.nullable(),
    /** Less than this late bears none. */
    leastLateMinor: minor,
    graceDays: z.int().min(0).max(90),
    repeat: z.enum(["once", "monthly"]),
  }),
  reminders: z.object({
    enabled: z.boolean(),
    /** Days from the due date, before it below zero. */
    days: z.array(z.int().min(-60).max(365)).max(12),
  }),
  payment: z.object({
    minimumMinor: minor,
    /** A chargeback the network decided against us: owed again, or our loss. */
    chargebackLost: z.enum(["collect_again", "write_off"]),
    /** Asked on top of a payment that somebody makes by hand, by kind of method; never of a draft. */
    convenienceFee: z
      .object({ card: feeRate, bank_debit: feeRate })
      .default({ card: { basisPoints: 0, fixedMinor: 0n }, bank_debit: { basisPoints: 0, fixedMinor: 0n } }),
  }),
  plans: z.object({
    leastInstalments: z.int().min(1).max(120),
    mostInstalments: z.int().min(1).max(120),
    /** From the day it begins to the last instalment. */
    mostDays: z.int().min(7).max(1_100),
    /** The smallest share of the total that is paid at once, in hundredths of a percent. */
    leastDownBasisPoints: z.int().min(0).max(9_000),
    leastInstalmentMinor: minor,
    /** The first instalment is at most so many days out. */
    firstWithinDays: z.int().min(1).max(90),
    /** A missed instalment may be paid so many days later. */
    graceDays: z.int().min(0).max(60),
    /** So many missed ones move to the end; one more breaks the plan. */
    missedAllowed: z.int().min(0).max(12),
    /** An offer or a proposal stands so long. */
    answerWithinDays: z.int().min(1).max(60),
    /** Beyond these only a supervisor offers or approves. */
    repMostInstalments: z.int().min(1).max(120),
    repMostTotalMinor: minor.nullable(),
    /** How far out a customer may promise to pay. */
    promiseWithinDays: z.int().min(1).max(90),
  }),
  pay_links: z.object({
    /** A link works so many days past its bill's due date … */
    daysPastDue: z.int().min(0).max(365),
    /** … and never more than so many days after it was made. */
    mostDays: z.int().min(1).max(365),
    /** What a look-up by account number and postal code does: mail the links to the address on file, or show the bills. */
    lookup: z.enum(["mail", "show"]),
  }),
} as const;

export type PolicyKind = keyof typeof POLICY_SCHEMAS;
export type Policy<K extends PolicyKind> = z.infer<(typeof POLICY_SCHEMAS)[K]>;

/** What holds until the biller says otherwise. */
export const DEFAULT_POLICIES: { [K in PolicyKind]: Policy<K> } = {
  credit_limits: {
    rep: { perActionMinor: 50_00n, perDayMinor: 150_00n },
    supervisor: { perActionMinor: 500_00n, perDayMinor: 2_000_00n },
    admin: { perActionMinor: null, perDayMinor: null },
  },
  dispute_clock: {
    default: {
      label: "Billing error template (after 12 CFR 1026.13)",
      acknowledgeWithinDays: 30,
      resolveWithinDays: 90,
      businessDays: false,
      appealWithinDays: 30,
    },
    not_mine: {
      label: "Unauthorised transfer template (after 12 CFR 1005.11)",
      acknowledgeWithinDays: 1,
      resolveWithinDays: 10,
      businessDays: true,
      appealWithinDays: 30,
    },
  },
  autopay: { noticeDays: 10, scheduleAtMostDays: 60 },
  late_fee: {
    ...{ enabled: false, basisPoints: 150, fixedMinor: 0n, mostMinor: null, leastLateMinor: 1_00n },
    ...{ graceDays: 10, repeat: "once" },
  },
  reminders: { enabled: true, days: [-3, 1, 14, 30] },
  payment: { minimumMinor: 1_00n, chargebackLost: "collect_again", convenienceFee: NO_FEE },
  plans: {
    ...{
      leastInstalments: 2,
      mostInstalments: 12,
      mostDays: 366,
      leastDownBasisPoints: 0,
      leastInstalmentMinor: 10_00n,
    },
    ...{ firstWithinDays: 45, graceDays: 10, missedAllowed: 1, answerWithinDays: 14 },
    ...{ repMostInstalments: 6, repMostTotalMinor: 1_000_00n, promiseWithinDays: 14 },
  },
  pay_links: { daysPastDue: 30, mostDays: 120, lookup: "mail" },
};

/** The stored form: bigint becomes decimal text, since jsonb has no exact integers in JavaScript. */
export const toStored = (body: unknown): unknown =>
  JSON.parse(JSON.stringify(body, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value)));
