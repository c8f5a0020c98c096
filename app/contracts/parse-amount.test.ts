import { describe, expect, it } from "vitest";

import { currency } from "./currency.ts";
import { money } from "./money.ts";
import { parseAmount, typedAmount } from "./parse-amount.ts";

const minorOf = (text: string, code: string, locale: string) => {
  const read = parseAmount(text, currency(code), locale);
  return read.ok ? read.value.amountMinor : read.reason;
};

describe("an amount", () => {
  it.each([
    ["12", "USD", "en-US", 12_00n],
    ["12.5", "USD", "en-US", 12_50n],
    ["12.", "USD", "en-US", 12_00n],
    ["0012.50", "USD", "en-US", 12_50n],
    ["12.500", "USD", "de-DE", 12_500_00n],
    ["$1,234.56", "USD", "en-US", 1_234_56n],
    ["1,234.56 usd", "USD", "en-US", 1_234_56n],
    ["1,234", "USD", "en-US", 1_234_00n],
    ["1.234,56", "EUR", "de-DE", 1_234_56n],
    ["1\u202f234,56", "EUR", "fr-FR", 1_234_56n],
    ["1'234.56", "USD", "en-US", 1_234_56n],
    ["1234", "JPY", "ja-JP", 1_234n],
    ["1.234", "KWD", "en-US", 1_234n],
    ["0.001", "KWD", "en-US", 1n],
    ["999999999.99", "USD", "en-US", 99_999_999_999n],
  ])("%j of %s in %s is one canonical number of minor units", (text, code, locale, minor) => {
    expect(minorOf(text, code, locale)).toBe(minor);
  });

  it.each([
    ["", "empty"],
    ["   ", "empty"],
    ["$", "empty"],
    ["-5", "negative"],
    ["−5", "negative"],
    ["(5)", "negative"],
    ["0", "zero"],
    ["0.00", "zero"],
    ["0.001", "too_many_decimals"],
    ["5.005", "ambiguous"],
    ["12.345,6", "not_a_number"],
    ["twelve", "not_a_number"],
    ["NaN", "not_a_number"],
    ["Infinity", "not_a_number"],
    ["1e9", "not_a_number"],
    ["1e309", "not_a_number"],
    ["0x10", "not_a_number"],
    ["+5", "not_a_number"],
    ["5-", "not_a_number"],
    ["1.2.3", "not_a_number"],
    ["1,23", "not_a_number"],
    ["12,34.5", "not_a_number"],
    [".", "not_a_number"],
    ["٣٤", "not_a_number"],
    ["१२", "not_a_number"],
    ["１２", "not_a_number"],
    ["1２", "not_a_number"],
    ["1\u0000", "not_a_number"],
    ["5\u200b", "not_a_number"],
    ["5 EUR", "not_a_number"],
    ["9007199254740993", "too_large"],
    ["1000000000.00", "too_large"],
    ["9".repeat(40), "too_large"],
    ["9".repeat(4_000), "too_large"],
    [`${"1,".repeat(4_000)}1`, "not_a_number"],
  ])("%j is refused as %s", (text, reason) => {
    expect(minorOf(text, "USD", "en-US")).toBe(reason);
  });

  it.each([
    ["1.234", "USD", "en-US", [1_23n, 1_234_00n]],
    ["1,234", "EUR", "de-DE", [1_23n, 1_234_00n]],
    ["1.234", "JPY", "en-US", [1n, 1_234n]],
    ["1.230", "USD", "en-US", [1_23n, 1_230_00n]],
  ])("%j of %s in %s can be read in two ways: both are shown", (text, code, locale, [first, second]) => {
    expect(parseAmount(text, currency(code), locale)).toEqual({
      ...{ ok: false, reason: "ambiguous" },
      readings: [money(first ?? 0n, currency(code)), money(second ?? 0n, currency(code))],
    });
  });

  it.each(["en-US", "de-DE", "es-ES", "fr-FR"])("as somebody types it in %s is read back", (locale) => {
    for (const code of ["USD", "JPY", "KWD"]) {
      const amount = money(1_234_507n, currency(code));
      expect(parseAmount(typedAmount(amount, locale), amount.currency, locale)).toEqual({ ok: true, value: amount });
    }
  });
});
