import { type Money as MoneyValue, toDecimal } from "#app/contracts/money.ts";
import { Becomes } from "#app/ui/becomes.tsx";
import { Money } from "#app/ui/money.tsx";
import { type Pair, Pairs } from "#app/ui/pairs.tsx";

/** What the credit would change; null where the form cannot be read yet. */
export type PreviewShown =
  | { ok: true; rows: { label: string; before: MoneyValue; after: MoneyValue }[] }
  | { ok: false; message: string | null };

/** Each number that moves, from what it is to what it becomes. */
export function CreditPreviewRows({ shown, pending }: { shown: PreviewShown | undefined; pending: boolean }) {
  if (!shown) return null;
  if (!shown.ok) return shown.message ? <p className="text-ink-2">{shown.message}</p> : null;
  const moved = shown.rows.filter((row) => toDecimal(row.before) !== toDecimal(row.after));
  const pairs = moved.map(({ label, before, after }): Pair => ({
    label,
    value: <Becomes before={<Money value={before} />} after={<Money value={after} />} />,
  }));
  return (
    <div aria-live="polite" aria-busy={pending}>
      <p className="side-label">What it changes</p>
      <Pairs pairs={pairs} />
    </div>
  );
}
