import { nowSeconds, type Work } from "../store/work.ts";

type Row = { currency: string; total: string; ready: boolean };

/** The merchant's balance per currency, net of fees, in minor units: what may be paid out, and what is on its way. */
export async function balances(work: Work): Promise<{ available: Map<string, number>; pending: Map<string, number> }> {
  const rows = await work.tx<Row[]>`
    select doc->>'currency' as currency, (doc->>'available_on')::bigint <= ${nowSeconds(work)}::bigint as ready,
           sum((doc->>'net')::bigint)::text as total
    from stripe_sandbox.documents where kind = 'balance_transaction' group by 1, 2`;
  const available = new Map<string, number>();
  const pending = new Map<string, number>();
  for (const { currency, ready, total } of rows) {
    (ready ? available : pending).set(currency, Number(total));
    if (!available.has(currency)) available.set(currency, 0);
    if (!pending.has(currency)) pending.set(currency, 0);
  }
  return { available, pending };
}
