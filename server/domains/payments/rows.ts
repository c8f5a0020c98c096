import { and, eq, sql } from "drizzle-orm";

import { type ChargeMethod } from "#app/contracts/chargeable.ts";
import { type Tx } from "#db/client.ts";
import { type MethodKind, paymentBills, type paymentMethods, payments } from "#db/schema/index.ts";
import { type Subject } from "#server/domains/auth/index.ts";
import { type MethodFacts } from "#server/platform/processor.ts";
import { present } from "#server/platform/assert.ts";

import { type ChosenBill } from "./rules.ts";

export type PaymentRow = typeof payments.$inferSelect;

/** An attempt as a subject of the rights on it: its account's people's, and whoever holds the link it was made through. */
export const subjectOf = ({ accountId, payLinkId }: Pick<PaymentRow, "accountId" | "payLinkId">): Subject => ({
  ...{ accountId, payLinkId },
});

/** Locks an attempt. Its account is locked before it, by the order of MONEY.md. */
export async function lockPayment(tx: Tx, paymentId: string): Promise<PaymentRow> {
  const [row] = await tx.select().from(payments).where(eq(payments.id, paymentId)).for("update");
  return present(row, "a payment that was found is still there");
}

/** What the payer chose, in order. */
export async function listChosenBills(tx: Tx, paymentId: string): Promise<ChosenBill[]> {
  return tx
    .select({ invoiceId: paymentBills.invoiceId, amountMinor: paymentBills.amountMinor })
    .from(paymentBills)
    .where(eq(paymentBills.paymentId, paymentId))
    .orderBy(paymentBills.position);
}

export async function insertChosenBills(tx: Tx, paymentId: string, chosen: readonly ChosenBill[]): Promise<void> {
  if (chosen.length === 0) return;
  await tx.insert(paymentBills).values(chosen.map((bill, at) => ({ paymentId, position: at + 1, ...bill })));
}

/** Adds to an amount of an attempt: what came back of it, was charged back, or was given back again. */
export async function addToPayment(
  tx: Tx,
  paymentId: string,
  column: "returnedMinor" | "chargedBackMinor",
  deltaMinor: bigint,
): Promise<void> {
  await tx
    .update(payments)
    .set({ [column]: sql`${payments[column]} + ${deltaMinor}` })
    .where(and(eq(payments.id, paymentId)));
}

const BRANDS: Record<string, string> = {
  visa: "Visa",
  mastercard: "Mastercard",
  amex: "American Express",
  discover: "Discover",
  diners: "Diners Club",
  jcb: "JCB",
  unionpay: "UnionPay",
};

const WALLETS: Record<string, string> = { google_pay: "Google Pay", apple_pay: "Apple Pay", link: "Link" };

/** How a card or bank account is called where people read it: "Visa ··4242". */
export function labelOf({
  kind,
  brand,
  bankName,
  last4,
  wallet = null,
}: Pick<MethodFacts, "kind" | "brand" | "bankName" | "last4"> & { wallet?: string | null }): string {
  const name = kind === "card" ? (BRANDS[brand ?? ""] ?? "Card") : (bankName ?? "Bank account");
  const through = WALLETS[wallet ?? ""];
  return `${name} ··${last4}${through === undefined ? "" : ` (${through})`}`;
}

/** A saved method is one of the two kinds that can be charged. */
export const chargeKindOf = ({ kind }: { kind: MethodKind }): ChargeMethod => (kind === "card" ? "card" : "bank_debit");

/** As labelOf, of a saved method's row. */
export const methodLabel = (row: Pick<typeof paymentMethods.$inferSelect, "kind" | "brand" | "bankName" | "last4">) =>
  labelOf({ ...row, kind: chargeKindOf(row) });

/** Whether the processor holds its charge. Cards of imported books are cards too, and nothing the processor knows. */
export const isAtProcessor = (payment: Pick<PaymentRow, "chargeId">): boolean => payment.chargeId !== null;
