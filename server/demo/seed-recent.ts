import { type DemoHistory } from "./seed-history.ts";
import { listOpenBills } from "#server/domains/invoices/index.ts";
import { startPayment } from "#server/domains/payments/index.ts";
import { todayIn } from "#server/domains/business/index.ts";

import { makeToken } from "./make-token.ts";
import { type DemoTools, must } from "./tools.ts";

/** What the card form took in the last hours: every way a payment can go. */
const METHODS = [
  "pm_card_visa",
  "pm_card_mastercard",
  "pm_card_chargeDeclinedInsufficientFunds",
  "pm_usBankAccount_success",
  "pm_card_amex",
  "pm_card_createDispute",
  "pm_card_visa",
  "pm_card_chargeDeclined",
  "pm_usBankAccount_insufficientFunds",
  "pm_card_discover",
] as const;

/** Pays the oldest open bill of some accounts with the processor: settled, declined, on its way, charged back. */
export async function seedRecentPayments(
  tools: DemoTools,
  { accounts }: DemoHistory,
  zone: string,
  numbers: readonly string[],
): Promise<void> {
  const { runtime, now } = tools;
  const ctx = tools.as({ kind: "system", name: "demo" });
  const today = todayIn(zone, now);
  await Promise.all(
    numbers.map(async (number, at) => {
      const accountId = accounts.get(number) ?? "";
      const [bill] = await listOpenBills(ctx.db, { accountId, today });
      if (!bill || bill.payableMinor <= 0n) return;
      const method = METHODS[at % METHODS.length] ?? "pm_card_visa";
      const token = await makeToken(runtime.stripe, method);
      must(
        await startPayment({
          ctx,
          input: {
            ...{ accountId, amountMinor: bill.payableMinor, seenVersion: null, creditAllowed: false },
            bills: [{ invoiceId: bill.id, amountMinor: bill.payableMinor }],
            means: { kind: "token", confirmationToken: token, save: at % 2 === 0 },
            idempotencyKey: `demo-recent:${number}`,
          },
        }),
      );
    }),
  );
}
