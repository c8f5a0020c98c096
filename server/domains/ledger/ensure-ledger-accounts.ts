import { type Currency } from "#app/contracts/currency.ts";
import { type DbOrTx } from "#db/client.ts";
import { ledgerAccounts } from "#db/schema/index.ts";

/** Gives billing accounts their receivable and unapplied ledger accounts; having them already changes nothing. */
export async function ensureLedgerAccounts(
  tx: DbOrTx,
  owners: readonly { accountId: string; currency: Currency }[],
): Promise<void> {
  if (owners.length === 0) return;
  const rows = owners.flatMap(({ accountId, currency }) =>
    (["receivable", "unapplied"] as const).map((kind) => ({ kind, accountId, currency, balanceMinor: 0n })),
  );
  await tx.insert(ledgerAccounts).values(rows).onConflictDoNothing();
}
