import { addMoney, isZero, type Money as MoneyValue } from "#app/contracts/money.ts";
import { Money } from "#app/ui/money.tsx";
import { Pairs } from "#app/ui/pairs.tsx";

/** What is charged, before it is confirmed: the amount, the fee on top, and both. Nothing where there is no fee. */
export function FeeLines({ amount, fee }: { amount: MoneyValue; fee: MoneyValue }) {
  if (isZero(fee)) return null;
  return (
    <Pairs
      pairs={[
        { label: "To your account", value: <Money value={amount} /> },
        { label: "Convenience fee for this method", value: <Money value={fee} /> },
        { label: "You pay", value: <Money value={addMoney(amount, fee)} />, total: true },
      ]}
    />
  );
}
