import type Stripe from "stripe";

export type FeeLine = { amount: number; description: string };

export function newBalanceTransaction(entry: {
  id: string;
  created: number;
  amount: number;
  currency: string;
  fees: FeeLine[];
  type: string;
  reportingCategory: string;
  source: string;
  description: string | null;
  availableOn: number;
}): Stripe.BalanceTransaction {
  const fee = entry.fees.reduce((sum, line) => sum + line.amount, 0);
  return {
    id: entry.id,
    object: "balance_transaction",
    amount: entry.amount,
    available_on: entry.availableOn,
    balance_type: "payments",
    created: entry.created,
    currency: entry.currency,
    description: entry.description,
    exchange_rate: null,
    fee,
    fee_details: entry.fees.map(({ amount, description }) => ({
      amount,
      application: null,
      currency: entry.currency,
      description,
      type: "stripe_fee",
    })),
    net: entry.amount - fee,
    reporting_category: entry.reportingCategory,
    source: entry.source,
    status: entry.availableOn <= entry.created ? "available" : "pending",
    type: entry.type as Stripe.BalanceTransaction.Type,
  };
}

/** Stripe's published American prices: 2.9 % + 30¢ for a card, 0.8 % up to $5 for a bank debit. */
export function processingFee(amount: number, type: string): FeeLine {
  const bankDebit = type === "us_bank_account";
  const fee = bankDebit ? Math.min(500, Math.round(amount * 0.008)) : Math.round(amount * 0.029) + 30;
  return { amount: fee, description: "Stripe processing fees" };
}

/** What Stripe takes for a dispute. It is not given back when the dispute is won. */
export const disputeFee: FeeLine = { amount: 1500, description: "Dispute fee" };
