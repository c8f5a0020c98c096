import type Stripe from "stripe";

import { newId } from "../ids.ts";
import { newBalanceTransaction, type FeeLine } from "../objects/balance-transaction.ts";
import { insertDocument } from "../store/documents.ts";
import { nowSeconds, type Work } from "../store/work.ts";

/** Writes a line of the merchant's balance. `amount` is signed, in minor units; fees come off it. */
export async function book(
  work: Work,
  entry: {
    amount: number;
    currency: string;
    fees?: FeeLine[];
    type: string;
    reportingCategory: string;
    source: string;
    description: string | null;
    availableOnMs?: number;
  },
): Promise<Stripe.BalanceTransaction> {
  const { availableOnMs, fees, ...rest } = entry;
  const doc = newBalanceTransaction({
    ...rest,
    id: newId("txn"),
    created: nowSeconds(work),
    fees: fees ?? [],
    availableOn: Math.floor((availableOnMs ?? work.nowMs) / 1000),
  });
  return insertDocument(work, { kind: "balance_transaction", doc });
}
