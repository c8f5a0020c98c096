import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

import { createdAt, instant, primaryId } from "../columns.ts";
import { accounts } from "./accounts.ts";
import { logins } from "./auth.ts";
import { files } from "./files.ts";
import { moneyActions } from "./ledger.ts";

export const conversationNumbers = pgSequence("conversation_numbers", { startWith: 1001 });

export const conversationState = pgEnum("conversation_state", ["waiting", "assigned", "snoozed", "closed"]);
export type ConversationState = (typeof conversationState.enumValues)[number];
export const conversationSubject = pgEnum("conversation_subject", ["general", "bill", "payment", "dispute"]);

/** One person about one subject. `version` rises with every change of state or assignee. */
export const conversations = pgTable(
  "conversations",
  {
    id: primaryId(),
    number: text("number").notNull().unique(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    personLoginId: uuid("person_login_id").references(() => logins.id),
    subject: conversationSubject("subject").notNull().default("general"),
    subjectId: uuid("subject_id"),
    title: text("title").notNull(),
    state: conversationState("state").notNull().default("waiting"),
    assigneeLoginId: uuid("assignee_login_id").references(() => logins.id),
    lastSeq: integer("last_seq").notNull().default(0),
    lastMessageAt: instant("last_message_at"),
    /** The first customer message nobody has answered yet; null when it is the customer's turn. */
    waitingSince: instant("waiting_since"),
    firstReplyAt: instant("first_reply_at"),
    snoozedUntil: instant("snoozed_until"),
    closedAt: instant("closed_at"),
    version: integer("version").notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [
    index("conversations_account").on(t.accountId, t.id),
    index("conversations_queue").on(t.state, t.waitingSince),
    index("conversations_assignee").on(t.assigneeLoginId, t.state),
    uniqueIndex("conversations_one_per_dispute")
      .on(t.subjectId)
      .where(sql`subject = 'dispute'`),
    uniqueIndex("conversations_one_active")
      .on(t.accountId, t.personLoginId, t.subject, sql`coalesce(subject_id, '00000000-0000-0000-0000-000000000000')`)
      .where(sql`state <> 'closed' and person_login_id is not null`),
    check("conversations_assigned_has_rep", sql`${t.state} <> 'assigned' or ${t.assigneeLoginId} is not null`),
    check("conversations_subject_named", sql`(${t.subject} = 'general') = (${t.subjectId} is null)`),
  ],
);

export const messageKind = pgEnum("message_kind", ["text", "note", "card", "event"]);
export type MessageKind = (typeof messageKind.enumValues)[number];

/** Append-only. `seq` is dense per conversation, given under its row lock; `clientId` makes a resend harmless. */
export const messages = pgTable(
  "messages",
  {
    id: primaryId(),
    conversationId: uuid("conversation_id")
      .notNull()
      .references(() => conversations.id),
    seq: integer("seq").notNull(),
    clientId: uuid("client_id").notNull(),
    kind: messageKind("kind").notNull(),
    senderLoginId: uuid("sender_login_id").references(() => logins.id),
    senderRole: text("sender_role").$type<"customer" | "staff" | "system">().notNull(),
    body: text("body").notNull().default(""),
    /** A card's money action: there is no card without one. */
    actionId: uuid("action_id").references(() => moneyActions.id),
    meta: jsonb("meta").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    unique("messages_seq").on(t.conversationId, t.seq),
    unique("messages_client_id").on(t.conversationId, t.clientId),
    uniqueIndex("messages_one_card_per_action")
      .on(t.conversationId, t.actionId)
      .where(sql`kind = 'card'`),
    check("messages_card_has_action", sql`(${t.kind} = 'card') = (${t.actionId} is not null)`),
    check("messages_length", sql`length(${t.body}) <= 10000`),
  ],
);

export const messageFiles = pgTable(
  "message_files",
  {
    messageId: uuid("message_id")
      .notNull()
      .references(() => messages.id),
    fileId: uuid("file_id")
      .notNull()
      .references(() => files.id),
  },
  (t) => [primaryKey({ columns: [t.messageId, t.fileId] })],
);

/** How far each person has read. */
export const messageReads = pgTable(
  "message_reads",
  {
    conversationId: uuid("conversation_id")
      .notNull()
      .references(() => conversations.id),
    loginId: uuid("login_id")
      .notNull()
      .references(() => logins.id, { onDelete: "cascade" }),
    lastReadSeq: integer("last_read_seq").notNull().default(0),
    readAt: instant("read_at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.conversationId, t.loginId] })],
);
