import { toDecimal } from "#app/contracts/money.ts";
import { type Change, type RefundPreviewShown } from "#app/contracts/refund-preview.ts";
import { Becomes } from "#app/ui/becomes.tsx";
import { Money } from "#app/ui/money.tsx";
import { type Pair, Pairs } from "#app/ui/pairs.tsx";

const moved = (rows: readonly Change[]) => rows.filter((row) => toDecimal(row.before) !== toDecimal(row.after));

const pairsOf = (rows: readonly Change[]): Pair[] =>
  moved(rows).map(({ label, before, after }) => ({
    label,
    value: (
      <>
        <Becomes before={<Money value={before} />} after={<Money value={after} />} />
      </>
    ),
  }));

/** Each number that moves, from what it is to what it becomes. */
export function RefundPreviewRows({ shown, pending }: { shown: RefundPreviewShown | undefined; pending: boolean }) {
  if (!shown) return null;
  if (!shown.ok) return shown.message ? <p className="text-ink-2">{shown.message}</p> : null;
  const bills = shown.bills.filter((bill) => moved(bill.rows).length > 0);
  const account = pairsOf(shown.account);
  return (
    <section aria-label="What it changes" aria-live="polite" aria-busy={pending} className="grid gap-3">
      <h3 className="ui-label">What it changes</h3>
      {bills.map((bill) => (
        <div key={bill.number}>
          <p className="font-medium">Bill {bill.number}</p>
          <Pairs pairs={pairsOf(bill.rows)} />
        </div>
      ))}
      {account.length > 0 ? (
        <div>
          <p className="font-medium">The account</p>
          <Pairs pairs={account} />
        </div>
      ) : null}
      {bills.length === 0 && account.length === 0 ? <p className="text-ink-2">No bill changes.</p> : null}
    </section>
  );
}
