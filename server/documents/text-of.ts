import { formatLocalDate, type LocalDate } from "#app/contracts/local-date.ts";
import { formatMoney, type Money } from "#app/contracts/money.ts";

/** All the text that a document may print of its data, so that the fonts can be chosen by it. */
export function textOf(data: { locale: string; printedOn: LocalDate }, sample: Money): string {
  const parts = [formatMoney(sample, data.locale), formatLocalDate(data.printedOn, "long", data.locale)];
  collect(data, parts);
  return parts.join(" ");
}

function collect(value: unknown, into: string[]): void {
  if (typeof value === "string") into.push(value);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return;
  for (const inner of Object.values(value)) collect(inner, into);
}
