import { type Money as MoneyValue, money } from "#app/contracts/money.ts";
import { Money } from "#app/ui/money.tsx";
import { Status } from "#app/ui/status.tsx";
import { RowLink, Table } from "#app/ui/table.tsx";
import type { FoundAccount } from "#server/domains/accounts/index.ts";
import type { Owed } from "#server/domains/invoices/index.ts";

import { accountPath } from "./paths.ts";

export type AccountRow = FoundAccount & { owed: Owed };

/** Accounts as dense rows: who, and what they owe. */
export function AccountList({ accounts }: { accounts: readonly AccountRow[] }) {
  return (
    <Table
      caption="Accounts"
      rows={accounts}
      rowKey={(account) => account.id}
      columns={[
        {
          key: "name",
          header: "Name",
          phone: "title",
          cell: ({ name, number }) => <RowLink to={accountPath(number)}>{name}</RowLink>,
        },
        {
          key: "number",
          header: "Number",
          phone: "sub",
          cell: ({ number }) => <span className="tabular text-ink-2">{number}</span>,
        },
        {
          key: "email",
          header: "E-mail",
          phone: "hidden",
          cell: ({ email }) => <span className="text-ink-2">{email ?? "–"}</span>,
        },
        { key: "state", header: "State", phone: "end", cell: (account) => <StateCell account={account} /> },
        {
          ...{ key: "past", header: "Past due", align: "end", phone: "hidden" },
          cell: ({ owed, currency }) => <Amount value={money(owed.pastDueMinor, currency)} />,
        },
        {
          ...{ key: "open", header: "Open", align: "end", phone: "amount" },
          cell: ({ owed, currency }) => <Amount value={money(owed.openMinor, currency)} strong />,
        },
      ]}
    />
  );
}

/** The one thing to know before opening it. */
function StateCell({ account }: { account: AccountRow }) {
  const { owed, status, quarantinedAt } = account;
  if (status === "closed") return <Status tone="done">Closed</Status>;
  if (owed.inDisputeMinor > 0n) return <Status tone="dispute">In dispute</Status>;
  if (owed.pastDueMinor > 0n) return <Status tone="overdue">Past due</Status>;
  return quarantinedAt ? <Status tone="waiting">Imported</Status> : null;
}

function Amount({ value, strong = false }: { value: MoneyValue; strong?: boolean }) {
  if (value.amountMinor === 0n) return <span className="text-ink-3">–</span>;
  return (
    <span className={strong ? "font-medium" : undefined}>
      <Money value={value} />
    </span>
  );
}
