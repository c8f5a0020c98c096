import { nobodyGets } from "#app/contracts/messages/accounts.ts";
import { Link } from "#app/ui/link.tsx";
import { Notice } from "#app/ui/notice.tsx";
import type { Readers } from "#server/domains/accounts/index.ts";

import { accountPartPath } from "./paths.ts";

export type UnreadAccount = { number: string; email: string | null };

/**
 * That nobody gets an account's bills or monthly statements by mail, why, and where that is mended. What is left out is not
 * mailed at all: bills on paper, statements that nobody wants.
 */
export function UnreadMail({
  account,
  bills,
  statement,
}: {
  account: UnreadAccount;
  bills?: Readers | null;
  statement?: Readers | null;
}) {
  const unread = (readers: Readers | null | undefined) => (readers?.to.length === 0 ? readers : null);
  const [noBills, noStatement] = [unread(bills), unread(statement)];
  const off = (noBills ?? noStatement)?.off;
  if (off === undefined) return null;
  const gets = { bills: noBills !== null, statements: noStatement !== null, off, email: account.email };
  return (
    <div className="max-w-[44rem]">
      <Notice tone="waiting">
        {nobodyGets(gets)} <Link to={accountPartPath(account.number, "details")}>Put an address on file</Link> or{" "}
        <Link to={accountPartPath(account.number, "people")}>invite somebody</Link>.
      </Notice>
    </div>
  );
}
