import { formatMoney, type Money as MoneyValue, toDecimal } from "#app/contracts/money.ts";

import { useLocale } from "./locale.tsx";

export type MoneySize = "text" | "lead" | "title" | "hero";

/** An amount of money: one currency sign, tabular figures, a true minus. The only way an amount reaches the screen. */
export function Money({ value, size = "text" }: { value: MoneyValue; size?: MoneySize }) {
  const { locale } = useLocale();
  return (
    <data className="ui-money" data-size={size} value={`${toDecimal(value)} ${value.currency}`}>
      {formatMoney(value, locale)}
    </data>
  );
}
