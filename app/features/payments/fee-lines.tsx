import { addMoney, isZero, type Money as MoneyValue } from "#app/contracts/money.ts";
import { Money } from "#app/ui/money.tsx";
import { Pairs } from "#app/ui/pairs.tsx";

type FeeLinesProps = { amount: MoneyValue; fee: MoneyValue; label?: string };

/** What is charged, before it is confirmed: the amount, the fee on top, and both. Nothing where there is no fee. */
export function FeeLines({ amount, fee, label = "To your account" }: FeeLinesProps) {
  if (isZero(fee)) return null;
  return (
    <Pairs
      pairs={[
        { label, value: <Money value={amount} /> },
        { label: "Convenience fee for this method", value: <Money value={fee} /> },
        { label: "You pay", value: <Money value={addMoney(amount, fee)} />, total: true },
      ]}
    />
  );
}
