import type { BillBefore, BillLine } from "#server/domains/invoices/index.ts";

type Line = Pick<BillLine, "id" | "description" | "amountMinor" | "taxMinor">;
type Before = Pick<BillBefore, "totalMinor"> & { lines: readonly Line[] };

/** How a bill differs from the one before: its total, and each line that stood on both under the same name. */
export type SinceLast = {
  /** Positive when this bill is higher. */
  totalMinor: bigint;
  /** Line id → what that line came to last time, tax left out as on the line itself. */
  linesBefore: Map<string, bigint>;
};

/** Lines whose name stands twice on either bill are not compared: nobody could say with which. */
export function sinceLast(bill: { totalMinor: bigint; lines: readonly Line[] }, before: Before): SinceLast {
  const [now, then] = [onceEach(bill.lines), onceEach(before.lines)];
  const linesBefore = new Map<string, bigint>();
  for (const [description, line] of now) {
    const last = then.get(description);
    if (last && last.amountMinor !== line.amountMinor) linesBefore.set(line.id, last.amountMinor);
  }
  return { totalMinor: bill.totalMinor - before.totalMinor, linesBefore };
}

function onceEach(lines: readonly Line[]): Map<string, Line> {
  const counts = new Map<string, number>();
  for (const { description } of lines) counts.set(description, (counts.get(description) ?? 0) + 1);
  return new Map(lines.filter((l) => counts.get(l.description) === 1).map((line) => [line.description, line]));
}
