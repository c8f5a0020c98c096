import { bigint, index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";

import { createdAt } from "../columns.ts";

/** Append-only: who did what to which thing, before and after, why, and from which conversation. */
export const auditEntries = pgTable(
  "audit_entries",
  {
    id: bigint("id", { mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    actorLoginId: uuid("actor_login_id"),
    actorKind: text("actor_kind").$type<"customer" | "staff" | "system" | "processor">().notNull(),
    action: text("action").notNull(),
    subjectKind: text("subject_kind").notNull(),
    subjectId: text("subject_id").notNull(),
    accountId: uuid("account_id"),
    before: jsonb("before"),
    after: jsonb("after"),
    reason: text("reason"),
    conversationId: uuid("conversation_id"),
    requestId: text("request_id"),
    createdAt: createdAt(),
  },
  (t) => [
    index("audit_entries_account").on(t.accountId, t.id),
    index("audit_entries_subject").on(t.subjectKind, t.subjectId),
  ],
);
