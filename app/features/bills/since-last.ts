import type { BillBefore, BillLine } from "#server/domains/invoices/index.ts";

export type ComparedLine = Pick<
  BillLine,
  "id" | "description" | "quantity" | "unit" | "unitPrice" | "amountMinor" | "taxMinor"
>;
type Compared = { totalMinor: bigint; lines: readonly ComparedLine[] };
type Before = Pick<BillBefore, "totalMinor"> & { lines: readonly ComparedLine[] };

/** What became of a line since the bill before: it is new, or it came to something else, by its quantity, its price or both. */
export type LineChange = { kind: "new" } | { kind: "changed"; last: ComparedLine; quantity: boolean; price: boolean };

/** How a bill differs from the one before: its total, its lines, and what is no longer on it. */
export type SinceLast = {
  /** Positive when this bill is higher. */
  totalMinor: bigint;
  /** Line id → what became of it. Lines that came to the same for the same reasons are left out. */
  changes: Map<string, LineChange>;
  gone: ComparedLine[];
  /** The one line that makes up more than half of the difference. */
  mostly: ComparedLine | null;
};

/**
 * Lines are the same when they have the same name. One whose name stands twice on either bill is not compared: nobody
 * could say with which. Bills that share no line at all are compared by their totals only.
 */
export function sinceLast(bill: Compared, before: Before): SinceLast {
  const [now, then] = [byName(bill.lines), byName(before.lines)];
  const totalMinor = bill.totalMinor - before.totalMinor;
  const nothing: SinceLast = { totalMinor, changes: new Map(), gone: [], mostly: null };
  if (![...now.keys()].some((name) => then.has(name))) return nothing;
  const changes = new Map<string, LineChange>();
  for (const [name, lines] of now) {
    const [line, last] = [only(lines), only(then.get(name))];
    if (!then.has(name)) for (const one of lines) changes.set(one.id, { kind: "new" });
    else if (line && last && differs(line, last)) changes.set(line.id, changeOf(line, last));
  }
  const gone = [...then].filter(([name]) => !now.has(name)).flatMap(([, lines]) => lines);
  return { totalMinor, changes, gone, mostly: mostlyOf(totalMinor, { lines: bill.lines, changes, gone }) };
}

const nameOf = ({ description }: ComparedLine): string => description.trim().replace(/\s+/g, " ").toLowerCase();

function byName(lines: readonly ComparedLine[]): Map<string, ComparedLine[]> {
  const found = new Map<string, ComparedLine[]>();
  for (const line of lines) found.set(nameOf(line), [...(found.get(nameOf(line)) ?? []), line]);
  return found;
}

const only = (lines: readonly ComparedLine[] | undefined): ComparedLine | null =>
  lines?.length === 1 ? (lines[0] ?? null) : null;

const differs = (line: ComparedLine, last: ComparedLine): boolean =>
  line.amountMinor !== last.amountMinor || !same(line.quantity, last.quantity) || !same(line.unitPrice, last.unitPrice);

/** A quantity in another unit says nothing beside the other, and neither do the prices of the two. */
function changeOf(line: ComparedLine, last: ComparedLine): LineChange {
  const comparable = line.unit === last.unit;
  return {
    ...{ kind: "changed", last },
    quantity: comparable && !same(line.quantity, last.quantity),
    price: comparable && !same(line.unitPrice, last.unitPrice),
  };
}

/** Exact decimal texts: "4" and "4.0000" are the same. */
const same = (a: string, b: string): boolean => plain(a) === plain(b);
const plain = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

const grossOf = (line: ComparedLine): bigint => line.amountMinor + line.taxMinor;

function mostlyOf(
  totalMinor: bigint,
  { lines, changes, gone }: Pick<SinceLast, "changes" | "gone"> & { lines: readonly ComparedLine[] },
): ComparedLine | null {
  const moved = lines.flatMap((line) => {
    const change = changes.get(line.id);
    if (!change) return [];
    return [{ line, minor: change.kind === "new" ? grossOf(line) : grossOf(line) - grossOf(change.last) }];
  });
  const parts = [...moved, ...gone.map((line) => ({ line, minor: -grossOf(line) }))];
  const sign = totalMinor < 0n ? -1n : 1n;
  return parts.find(({ minor }) => totalMinor !== 0n && 2n * minor * sign > totalMinor * sign)?.line ?? null;
}
