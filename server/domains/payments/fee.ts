import { and, eq, ne } from "drizzle-orm";

import { type ChargeMethod } from "#app/contracts/chargeable.ts";
import { convenienceFee, type FeeRates, NO_FEE } from "#app/contracts/convenience-fee.ts";
import { type Currency } from "#app/contracts/currency.ts";
import { type Money } from "#app/contracts/money.ts";
import { type DbOrTx, type Tx } from "#db/client.ts";
import { chargebacks, refunds } from "#db/schema/index.ts";
import { getBusiness, getPolicy } from "#server/domains/business/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { type PaymentRow } from "./rows.ts";
import { readSplit } from "./split.ts";

/**
 * The convenience fee by kind of method, for an account in this currency. The policy's fixed part is in the business
 * currency: in another one only the percentage holds.
 */
export async function feeRatesFor(db: DbOrTx, currency: Currency): Promise<FeeRates> {
  const { card, bank_debit } = (await getPolicy(db, "payment")).body.convenienceFee;
  if (card.fixedMinor === 0n && bank_debit.fixedMinor === 0n) return { card, bank_debit };
  if ((await getBusiness(db)).currency === currency) return { card, bank_debit };
  return { card: { ...card, fixedMinor: 0n }, bank_debit: { ...bank_debit, fixedMinor: 0n } };
}

/** Who pays by hand is shown the fee before it is charged; what we draft or book ourselves bears none. */
export async function feeOf(
  { ctx, tx }: { ctx: Pick<Ctx, "actor">; tx: Tx },
  { amount, kind }: { amount: Money; kind: ChargeMethod },
): Promise<bigint> {
  const { actor } = ctx;
  const rates = actor.kind === "customer" || actor.kind === "guest" ? await feeRatesFor(tx, amount.currency) : NO_FEE;
  return convenienceFee(amount, rates[kind]).amountMinor;
}

/** Whether what is charged depends on the kind of a new method, so that it must be known before. */
export async function kindMatters(db: DbOrTx, currency: Currency): Promise<boolean> {
  if (currency !== "USD") return true;
  const { card, bank_debit } = await feeRatesFor(db, currency);
  return [card, bank_debit].some((rate) => rate.basisPoints > 0 || rate.fixedMinor > 0n);
}

/**
 * How much of a payment's convenience fee no return, chargeback or refund has reversed yet; a chargeback that was won and
 * a refund that failed gave it back.
 */
export async function feeLeftOf(tx: DbOrTx, { id, feeMinor }: Pick<PaymentRow, "id" | "feeMinor">): Promise<bigint> {
  if (feeMinor === 0n) return 0n;
  const [taken, given] = await Promise.all([
    tx
      .select({ split: chargebacks.split })
      .from(chargebacks)
      .where(and(eq(chargebacks.paymentId, id), ne(chargebacks.state, "won"))),
    tx
      .select({ feeMinor: refunds.feeMinor })
      .from(refunds)
      .where(and(eq(refunds.paymentId, id), ne(refunds.state, "failed"))),
  ]);
  const gone = [
    ...taken.map(({ split }) => readSplit(split)?.feeMinor ?? 0n),
    ...given.map((refund) => refund.feeMinor),
  ];
  return gone.reduce((left, part) => left - part, feeMinor);
}
