import { type Currency } from "#app/contracts/currency.ts";
import { dateFormat } from "#app/contracts/date-format.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { formatMoney, money } from "#app/contracts/money.ts";
import { BarPlot } from "#app/ui/bar-plot.tsx";
import { useLocale } from "#app/ui/locale.tsx";
import { Money } from "#app/ui/money.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import type { MonthSum } from "#server/domains/invoices/index.ts";

/** What was billed and what was paid, month by month: each month a pair of bars, and a table for those who listen. */
export function MonthsPlot({ months, currency }: { months: readonly MonthSum[]; currency: Currency }) {
  const { locale } = useLocale();
  const used = fromFirstUsed(months);
  const [first, last] = [used.at(0), used.at(-1)];
  if (!first || !last) return null;
  const name = (month: LocalDate, style: "long" | "short") => monthName(month, { style, locale });
  const bars = used.map(({ month, billedMinor, paidMinor }) => ({
    key: month,
    label: name(month, "long"),
    text: `${formatMoney(money(billedMinor, currency), locale)} billed, ${formatMoney(money(paidMinor, currency), locale)} paid`,
    size: Number(billedMinor),
    beside: Number(paidMinor),
  }));
  return (
    <section aria-labelledby="months">
      <SectionHeader id="months" title="Billed and paid" />
      <p className="mb-3 text-14 text-ink-2">
        <Money value={money(monthly(used), currency)} /> billed in a month, on average.
      </p>
      <BarPlot
        bars={bars}
        caption="Billed and paid by month"
        ends={[name(first.month, "short"), name(last.month, "short")]}
        keys={["Billed", "Paid"]}
      />
    </section>
  );
}

/** Over the months that have a bill: a pause between two bills is no month of nothing. */
function monthly(months: readonly MonthSum[]): bigint {
  const billed = months.filter(({ billedMinor }) => billedMinor > 0n);
  return billed.reduce((sum, { billedMinor }) => sum + billedMinor, 0n) / BigInt(Math.max(1, billed.length));
}

/** A year at least, so that a new account's bars have the width of any other's. */
const LEAST_MONTHS = 12;

/** Months before the first bill say nothing; without any there is no plot. */
function fromFirstUsed(months: readonly MonthSum[]): readonly MonthSum[] {
  const at = months.findIndex((month) => month.billedMinor !== 0n || month.paidMinor !== 0n);
  return at < 0 ? [] : months.slice(Math.min(at, Math.max(0, months.length - LEAST_MONTHS)));
}

function monthName(month: LocalDate, { style, locale }: { style: "long" | "short"; locale: string }): string {
  return dateFormat(locale, { month: style, year: "numeric", timeZone: "UTC" }).format(new Date(month));
}
