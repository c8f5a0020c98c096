import { authorize } from "#server/domains/auth/index.ts";
import { type Actor } from "#server/platform/actor.ts";
import { forbidden } from "#server/platform/faults.ts";

import { type PaymentRequest } from "./request-payment.ts";
import { type PayableBill } from "./rules.ts";

/**
 * Whoever may pay for the account may choose as they like. A guest pays the bill of their link, with a new card or bank
 * account that is not kept, and leaves no credit: what their page never offers is a fault.
 */
export function authorizePayer(
  actor: Actor,
  { accountId, amountMinor, bills, means, creditAllowed }: PaymentRequest,
): void {
  if (actor.kind !== "guest") {
    authorize(actor, "payment.make", accountId);
    return;
  }
  authorize(actor, "payment.make", { accountId, invoiceIds: bills.map((bill) => bill.invoiceId) });
  const onBills = bills.reduce((sum, bill) => sum + bill.amountMinor, 0n);
  if (means.kind !== "token" || means.save || creditAllowed || onBills !== amountMinor)
    throw forbidden("guest payment");
}

/** The pay link of a guest; null for everybody else. */
export const payLinkOf = (actor: Actor): string | null => (actor.kind === "guest" ? actor.linkId : null);

/** To a guest a bill offers what it asks for; what is in dispute, on a plan or scheduled is for the account's people. */
export const offeredTo = (actor: Actor, bill: PayableBill): PayableBill =>
  actor.kind === "guest" ? { ...bill, mostMinor: bill.payableMinor } : bill;
