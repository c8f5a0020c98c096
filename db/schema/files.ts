import { index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";

import { createdAt, primaryId } from "../columns.ts";
import { accounts } from "./accounts.ts";
import { logins } from "./auth.ts";

/** An uploaded file after sniffing, limits and re-encoding. Served only as an attachment. */
export const files = pgTable(
  "files",
  {
    id: primaryId(),
    accountId: uuid("account_id").references(() => accounts.id),
    uploadedBy: uuid("uploaded_by").references(() => logins.id),
    name: text("name").notNull(),
    mediaType: text("media_type").notNull(),
    byteSize: integer("byte_size").notNull(),
    sha256: text("sha256").notNull(),
    storageKey: text("storage_key").notNull().unique(),
    createdAt: createdAt(),
  },
  (t) => [index("files_account").on(t.accountId)],
);
