import { formatMoney, type Money as MoneyValue, toDecimal } from "#app/contracts/money.ts";

import { useLocale } from "./locale.tsx";

/** Characters that the largest size has room for on a phone. */
const MOST_IN_HERO = 12;

export type MoneySize = "text" | "lead" | "title" | "hero";

/** An amount of money: one currency sign, tabular figures, a true minus. The only way an amount reaches the screen. */
export function Money({ value, size = "text" }: { value: MoneyValue; size?: MoneySize }) {
  const { locale } = useLocale();
  const text = formatMoney(value, locale);
  return (
    <data
      className="ui-money"
      data-size={size === "text" ? undefined : size}
      data-long={text.length > MOST_IN_HERO ? "" : undefined}
      value={`${toDecimal(value)} ${value.currency}`}
    >
      {text}
    </data>
  );
}
