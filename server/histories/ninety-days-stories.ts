import { type Home, type Saved } from "./homes.ts";

const NEW_YORK = "America/New_York";
const BERLIN = "Europe/Berlin";
const AUCKLAND = "Pacific/Auckland";

const good: Saved = { token: "pm_card_visa", expMonth: 12, expYear: 2034 };

export type Story = {
  zone: string;
  money: string;
  saved: Saved | null;
  /** What its people and the biller do, around noon of New York, on a day of the account's own zone, and what they find. */
  deeds: Record<string, (home: Home) => Promise<string | void>>;
};

/** Everything that time does by itself, each in one household; bills are named after it. */
export const STORIES: Record<string, Story> = {
  /** Drafts on 29 February and on the day of the change; a bill paid by hand before its draft; a card that expires. */
  AUTO: {
    ...{ zone: NEW_YORK, money: "USD", saved: { ...good, expMonth: 3, expYear: 2028 } },
    deeds: {
      "2028-01-21": (home) => home.turnAutopayOn(),
      "2028-01-25": (home) => home.bill("AUTO-1", { dueOn: "2028-02-29", amount: "100" }),
      "2028-02-20": (home) => home.bill("AUTO-2", { dueOn: "2028-03-12", amount: "80" }),
      "2028-03-20": (home) => home.bill("AUTO-3", { dueOn: "2028-04-10", amount: "60" }),
      "2028-04-05": (home) => home.payAll("pm_card_visa"),
    },
  },
  /** A soft decline: eight attempts in fourteen days, over the change, then no more. */
  SOFT: {
    ...{ zone: NEW_YORK, money: "USD", saved: { ...good, token: "pm_card_chargeCustomerFail" } },
    deeds: {
      "2028-01-22": (home) => home.turnAutopayOn(),
      "2028-02-10": (home) => home.bill("SOFT-1", { dueOn: "2028-03-05", amount: "50" }),
      "2028-03-19": (home) => home.payAll("pm_card_visa"),
    },
  },
  /** A plan that is paid, on the last days of its months. */
  PLAN: {
    ...{ zone: BERLIN, money: "EUR", saved: good },
    deeds: {
      "2028-01-21": async (home) => {
        await home.bill("PLAN-1", { dueOn: "2028-02-05", amount: "330" });
        const terms = { downMinor: 30_00n, instalments: 3, every: "month" as const, firstOn: "2028-01-31" };
        await home.agreeOnPlan("PLAN-1", terms);
      },
    },
  },
  /** A plan whose card wants to see its owner: missed, moved, missed again, broken; then collection resumes. */
  BROKEN: {
    ...{ zone: AUCKLAND, money: "NZD", saved: { ...good, token: "pm_card_authenticationRequired" } },
    deeds: {
      "2028-01-24": (home) => home.bill("BROKEN-1", { dueOn: "2028-02-10", amount: "200" }),
      "2028-01-26": (home) =>
        home.agreeOnPlan("BROKEN-1", {
          ...{ downMinor: 0n, instalments: 2, every: "two_weeks", firstOn: "2028-02-07" },
        }),
    },
  },
  /** A bank debit that settles and comes back two business days later. */
  DEBIT: {
    ...{ zone: NEW_YORK, money: "USD", saved: null },
    deeds: {
      "2028-02-10": (home) => home.bill("DEBIT-1", { dueOn: "2028-02-26", amount: "120" }),
      "2028-02-24": (home) => home.payAll("pm_usBankAccount_dispute"),
      "2028-03-13": (home) => home.payAll("pm_card_visa"),
    },
  },
  /** Due on 29 February and never paid: reminders, one late fee, reminders of the fee, a link that expires. */
  UNPAID: {
    ...{ zone: BERLIN, money: "EUR", saved: null },
    deeds: {
      "2028-02-01": (home) => home.bill("UNPAID-1", { dueOn: "2028-02-29", amount: "90" }),
      "2028-03-30": (home) => home.followLink("UNPAID-1"),
      "2028-03-31": (home) => home.followLink("UNPAID-1"),
    },
  },
  /** The same where summer ends, with monthly statements. */
  SOUTH: {
    ...{ zone: AUCKLAND, money: "NZD", saved: null },
    deeds: {
      "2028-01-22": (home) => home.wishStatements(),
      "2028-03-01": (home) => home.bill("SOUTH-1", { dueOn: "2028-03-31", amount: "70" }),
    },
  },
  /** A date that somebody chose, the day of the change, after the due date. */
  DATED: {
    ...{ zone: BERLIN, money: "EUR", saved: good },
    deeds: {
      "2028-02-10": (home) => home.wishStatements(),
      "2028-03-01": (home) => home.bill("DATED-1", { dueOn: "2028-03-20", amount: "40" }),
      "2028-03-05": (home) => home.payOn("DATED-1", { day: "2028-03-26", amountMinor: 40_00n }),
    },
  },
  /** 100, of which 30 are in dispute over its due date: 70 are drafted, nothing is asked of the 30 until they are free. */
  HELD: {
    ...{ zone: NEW_YORK, money: "USD", saved: good },
    deeds: {
      "2028-01-22": (home) => home.turnAutopayOn(),
      "2028-02-01": (home) => home.bill("HELD-1", { dueOn: "2028-02-29", amount: "100" }),
      "2028-02-10": (home) => home.dispute("HELD-1", 30_00n),
      "2028-03-14": (home) => home.denyDispute(),
    },
  },
  /** The same without autopay: reminded of 70, a fee on 70. */
  ASKED: {
    ...{ zone: BERLIN, money: "EUR", saved: null },
    deeds: {
      "2028-02-01": (home) => home.bill("ASKED-1", { dueOn: "2028-02-29", amount: "100" }),
      "2028-02-10": (home) => home.dispute("ASKED-1", 30_00n),
    },
  },
  /** A fixed amount once a month, five days before the due date, of what is owed. */
  FIXED: {
    ...{ zone: AUCKLAND, money: "NZD", saved: good },
    deeds: {
      "2028-01-22": (home) => home.turnAutopayOn({ amountKind: "fixed", fixedMinor: 25_00n, daysBeforeDue: 5 }),
      "2028-01-25": (home) => home.bill("FIXED-1", { dueOn: "2028-02-20", amount: "60" }),
    },
  },
  /** A plan that is offered and never answered, to somebody who is left alone for a while. */
  OFFER: {
    ...{ zone: NEW_YORK, money: "USD", saved: null },
    deeds: {
      "2028-02-01": (home) => home.bill("OFFER-1", { dueOn: "2028-02-20", amount: "90" }),
      "2028-02-15": async (home) => {
        const terms = { downMinor: 0n, instalments: 3, every: "month" as const, firstOn: "2028-03-10" };
        await home.offerPlanOf("OFFER-1", terms);
      },
      "2028-02-19": (home) => home.pause("2028-03-20"),
    },
  },
  /** A promise that is broken: the reminder waits for it. */
  PROMISE: {
    ...{ zone: NEW_YORK, money: "USD", saved: null },
    deeds: {
      "2028-02-15": (home) => home.bill("PROMISE-1", { dueOn: "2028-03-08", amount: "65" }),
      "2028-03-07": (home) => home.promise("2028-03-12"),
      "2028-03-18": (home) => home.payAll("pm_card_visa"),
    },
  },
};
