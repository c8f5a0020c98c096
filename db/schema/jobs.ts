import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";

import { createdAt, day } from "../columns.ts";

/** One row per duty, thing and business day: due work found by the tick is done once, whatever dies meanwhile. */
export const duties = pgTable(
  "duties",
  {
    kind: text("kind").notNull(),
    subject: text("subject").notNull(),
    dueOn: day("due_on").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.subject, t.dueOn] })],
);
