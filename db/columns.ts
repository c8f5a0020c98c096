import { sql } from "drizzle-orm";
import { bigint, char, customType, date, timestamp, uuid } from "drizzle-orm/pg-core";

import { type Currency } from "../app/contracts/currency.ts";
import { type LocalDate } from "../app/contracts/local-date.ts";

/** Primary keys are uuid v7, so that new rows stand together on disk and sort by age. */
export const primaryId = () =>
  uuid("id")
    .primaryKey()
    .default(sql`uuidv7()`);

export const minor = (name: string) => bigint(name, { mode: "bigint" });
export const currencyCode = (name = "currency") => char(name, { length: 3 }).$type<Currency>();
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
export const createdAt = () => instant("created_at").notNull().defaultNow();
export const day = (name: string) => date(name, { mode: "string" }).$type<LocalDate>();

/** Text compared without regard to case: e-mail addresses. */
export const citext = customType<{ data: string }>({ dataType: () => "citext" });
export const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });
