import { exponentOf, type Currency } from "#app/contracts/currency.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { refuse, type Refusal } from "#server/platform/result.ts";

import { lineAmount, shareAt } from "./rules.ts";

export type NewLine = {
  description: string;
  /** "Why this?" in plain words. */
  explanation?: string | undefined;
  /** Exact decimal text; 1 when absent. */
  quantity?: string | undefined;
  unit?: string | undefined;
  /** Exact decimal text in major units: "0.1325". */
  unitPrice: string;
  /** Tax of the line in minor units, or a rate ("0.0825") that is taken of the rounded line. */
  taxMinor?: bigint | undefined;
  taxRate?: string | undefined;
};

export type NewInvoice = {
  accountId: string;
  /** Given by an import; else the next `INV-…`. */
  number?: string | undefined;
  kind?: "bill" | "late_fee" | undefined;
  /** The bill a late fee is about. */
  parentId?: string | undefined;
  /** How much of that bill the late fee is on, in minor units. */
  feeOnMinor?: bigint | undefined;
  issuedOn: LocalDate;
  dueOn: LocalDate;
  lines: readonly NewLine[];
  memo?: string | undefined;
  imported?: boolean | undefined;
  /** No mail and no notice: imports and demo data. */
  silent?: boolean | undefined;
  idempotencyKey: string;
};

export type PricedLine = Required<Pick<NewLine, "description" | "unitPrice">> & {
  explanation: string | null;
  quantity: string;
  unit: string | null;
  amountMinor: bigint;
  taxMinor: bigint;
};

export type PricedInvoice = { lines: PricedLine[]; totalMinor: bigint; taxMinor: bigint };

export type DraftRefusal =
  | Refusal<"no_lines">
  | (Refusal<"bad_line"> & { line: number })
  | (Refusal<"negative_total"> & { totalMinor: bigint })
  | Refusal<"due_before_issue">;

/**
 * Prices a bill: each line quantity × unit price rounded once, half away from zero; the bill is the sum of its rounded
 * lines and their tax. Refuses no lines, text that is no decimal, a total or tax below 0, and a due date before issue.
 */
export function priceInvoice(draft: NewInvoice, currency: Currency): { ok: true; value: PricedInvoice } | DraftRefusal {
  if (draft.lines.length === 0) return refuse("no_lines");
  if (draft.dueOn < draft.issuedOn) return refuse("due_before_issue");
  const exponent = exponentOf(currency);
  const lines: PricedLine[] = [];
  for (const [at, line] of draft.lines.entries()) {
    const quantity = line.quantity ?? "1";
    const amountMinor = lineAmount(quantity, line.unitPrice, exponent);
    if (amountMinor === null || line.description.trim() === "") return refuse("bad_line", { line: at + 1 });
    const taxMinor = line.taxRate === undefined ? (line.taxMinor ?? 0n) : shareAt(amountMinor, line.taxRate);
    if (taxMinor === null) return refuse("bad_line", { line: at + 1 });
    const { description, unitPrice } = line;
    const texts = { explanation: line.explanation ?? null, unit: line.unit ?? null };
    lines.push({ description, unitPrice, quantity, ...texts, amountMinor, taxMinor });
  }
  const taxMinor = lines.reduce((sum, line) => sum + line.taxMinor, 0n);
  const totalMinor = lines.reduce((sum, line) => sum + line.amountMinor, taxMinor);
  if (totalMinor < 0n || taxMinor < 0n || taxMinor > totalMinor) return refuse("negative_total", { totalMinor });
  return { ok: true, value: { lines, totalMinor, taxMinor } };
}
