import { z } from "zod";

import { type chargebacks } from "#db/schema/index.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import { type TakenBack } from "#server/domains/invoices/index.ts";
import { type DisputeFacts } from "#server/platform/processor.ts";

import { type PaymentRow } from "./rows.ts";

export type Chargeback = typeof chargebacks.$inferSelect;
export type Telling = { account: Account; payment: PaymentRow; facts: DisputeFacts };

const minor = z.string().transform(BigInt);
const parts = z.array(z.object({ invoiceId: z.string(), amountMinor: minor }));
const splitSchema = z.object({
  receivable: parts,
  unappliedMinor: minor,
  unappliedFrom: parts,
  feeMinor: minor,
  lossesMinor: minor,
});

/** How opening a chargeback was split, as the row keeps it; empty while no money has moved. */
export type StoredSplit = Record<string, unknown>;

export const toStoredSplit = (taken: TakenBack): StoredSplit =>
  JSON.parse(
    JSON.stringify(taken, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value)),
  ) as StoredSplit;

/** Null while no money has moved. */
export const readSplit = (stored: StoredSplit): TakenBack | null =>
  Object.keys(stored).length === 0 ? null : splitSchema.parse(stored);
