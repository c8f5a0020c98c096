import { forwardRef, type InputHTMLAttributes } from "react";

import { type Currency } from "#app/contracts/currency.ts";

import { useFieldControl } from "./field.tsx";
import { useLocale } from "./locale.tsx";

export type MoneyInputProps = InputHTMLAttributes<HTMLInputElement> & { currency: Currency; large?: boolean };

/**
 * An amount as the person types it. The text is kept raw, here and on the way to the server, where one parser reads
 * it; rewriting it under the fingers would hide what was meant.
 */
export const MoneyInput = forwardRef<HTMLInputElement, MoneyInputProps>(function MoneyInput(
  { currency, large = false, ...rest },
  ref,
) {
  const { locale } = useLocale();
  return (
    <div className="ui-affix" data-size={large ? "hero" : undefined}>
      <span aria-hidden="true">{signOf(currency, locale)}</span>
      <input
        {...useFieldControl()}
        autoComplete="off"
        {...rest}
        ref={ref}
        type="text"
        inputMode="decimal"
        className="ui-input"
      />
    </div>
  );
});

function signOf(currency: Currency, locale: string): string {
  const parts = new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" });
  return parts.formatToParts(0).find((part) => part.type === "currency")?.value ?? currency;
}
