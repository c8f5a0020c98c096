import { sql } from "drizzle-orm";
import { check, pgEnum, pgTable, text, uuid } from "drizzle-orm/pg-core";

import { createdAt, currencyCode, day, minor, primaryId } from "../columns.ts";
import { logins } from "./auth.ts";
import { moneyActions } from "./ledger.ts";

/** Checks and cash brought to the bank together: undeposited → bank. The payments name their deposit. */
export const deposits = pgTable(
  "deposits",
  {
    id: primaryId(),
    actionId: uuid("action_id")
      .notNull()
      .unique()
      .references(() => moneyActions.id),
    amountMinor: minor("amount_minor").notNull(),
    currency: currencyCode().notNull(),
    depositedOn: day("deposited_on").notNull(),
    /** The number on the bank's slip. */
    reference: text("reference"),
    madeBy: uuid("made_by").references(() => logins.id),
    createdAt: createdAt(),
  },
  (t) => [check("deposits_amount", sql`${t.amountMinor} > 0`)],
);

export const payoutState = pgEnum("payout_state", ["created", "arrived", "failed"]);

/** What the processor sends to our bank: clearing → in transit → bank, and back when the bank refuses it. */
export const payouts = pgTable(
  "payouts",
  {
    id: primaryId(),
    actionId: uuid("action_id")
      .notNull()
      .unique()
      .references(() => moneyActions.id),
    processorId: text("processor_id").notNull().unique(),
    state: payoutState("state").notNull(),
    amountMinor: minor("amount_minor").notNull(),
    currency: currencyCode().notNull(),
    createdOn: day("created_on").notNull(),
    /** The day it arrived, or is expected to. */
    arrivesOn: day("arrives_on").notNull(),
    failedOn: day("failed_on"),
    failureCode: text("failure_code"),
    createdAt: createdAt(),
  },
  (t) => [check("payouts_amount", sql`${t.amountMinor} > 0`)],
);
