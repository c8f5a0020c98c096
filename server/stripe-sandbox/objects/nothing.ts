import type Stripe from "stripe";

export function emptyAddress(): Stripe.Address {
  return { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
}

export function emptyBillingDetails(): Stripe.PaymentMethod.BillingDetails {
  return { address: emptyAddress(), email: null, name: null, phone: null, tax_id: null };
}

/** The id of a field that may have been expanded. */
export function idOf(value: string | { id: string } | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === "string" ? value : value.id;
}
