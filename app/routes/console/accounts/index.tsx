import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { isolated } from "#app/contracts/isolated.ts";
import { AccountList } from "#app/features/accounts/account-list.tsx";
import { AccountSearch } from "#app/features/accounts/account-search.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { ConsolePage } from "#app/ui/console-shell.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Users } from "#app/ui/icons.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { useRowKeys } from "#app/ui/use-row-keys.ts";
import { searchAccounts } from "#server/domains/accounts/index.ts";
import { listOwed } from "#server/domains/invoices/index.ts";

export const meta: MetaFunction = () => [{ title: "Accounts" }];

const NOTHING = { openMinor: 0n, pastDueMinor: 0n, inDisputeMinor: 0n };

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const params = new URL(args.request.url).searchParams;
    const query = params.get("q")?.trim().slice(0, 100) ?? "";
    const after = params.get("after");
    const page = await searchAccounts(ctx.db, { query, after });
    const owed = await listOwed(ctx.db, { accountIds: page.items.map((account) => account.id), now: ctx.now });
    const accounts = page.items.map((account) => ({ ...account, owed: owed.get(account.id) ?? NOTHING }));
    return { accounts, nextCursor: page.nextCursor, query, paged: after !== null };
  });

export default function AccountsPage() {
  const { accounts, nextCursor, query, paged } = useLoaderData<typeof loader>();
  useRowKeys();
  return (
    <ConsolePage>
      <PageHeader title="Accounts" />
      <div className="mb-4">
        <AccountSearch query={query} />
      </div>
      {accounts.length > 0 ? <AccountList accounts={accounts} /> : <Nobody query={query} />}
      <Pagination
        label="Pages of accounts"
        newer={paged ? pathOf(query, null) : null}
        older={nextCursor === null ? null : pathOf(query, nextCursor)}
      />
    </ConsolePage>
  );
}

function pathOf(query: string, after: string | null): string {
  const params = new URLSearchParams({ ...(query ? { q: query } : {}), ...(after ? { after } : {}) }).toString();
  return params === "" ? "/console/accounts" : `/console/accounts?${params}`;
}

function Nobody({ query }: { query: string }) {
  if (query === "")
    return (
      <EmptyState
        icon={Users}
        title="No accounts yet"
        action={<ButtonLink to="/console/imports">Import books</ButtonLink>}
      >
        Accounts come with the books you import.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={Users}
      title={`No account matches “${isolated(query)}”`}
      action={<ButtonLink to="/console/accounts">Show all accounts</ButtonLink>}
    >
      Every word must be part of the number, the name or the e-mail address.
    </EmptyState>
  );
}
