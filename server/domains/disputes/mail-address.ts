import { type Tx } from "#db/client.ts";
import { type Account, mailAddressOf } from "#server/domains/accounts/index.ts";

import { type DisputeRow } from "./rows.ts";

/** Who is mailed about a case: whoever filed it, else the address on file; nobody about imported ones. */
export async function addressOf(tx: Tx, dispute: DisputeRow, account: Account): Promise<string | null> {
  return dispute.imported ? null : mailAddressOf(tx, account, dispute.filedBy);
}
