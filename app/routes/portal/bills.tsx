import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";

import { isolated } from "#app/contracts/isolated.ts";
import { billRow } from "#app/features/bills/bill-row.ts";
import { BillTable } from "#app/features/bills/bill-table.tsx";
import { FilterTabs } from "#app/features/bills/filter-tabs.tsx";
import { requireAccount } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { FileText } from "#app/ui/icons.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { SearchInput } from "#app/ui/search-input.tsx";
import { todayIn } from "#server/domains/business/index.ts";
import { BILL_FILTERS, type BillFilter, listBills } from "#server/domains/invoices/index.ts";

export const meta: MetaFunction = () => [{ title: "Bills" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account } = await requireAccount(args);
    const params = new URL(args.request.url).searchParams;
    const filter = BILL_FILTERS.find((known) => known === params.get("show")) ?? "all";
    const search = params.get("q")?.trim().slice(0, 60) ?? "";
    const cursor = params.get("after");
    const today = todayIn(account.zone, ctx.now);
    const page = await listBills(ctx.db, { accountId: account.id, today, filter, search, cursor });
    return { bills: page.items.map(billRow), nextCursor: page.nextCursor, filter, search, paged: cursor !== null };
  });

const TABS: readonly { value: BillFilter; label: string }[] = [
  { value: "all", label: "All" },
  { value: "open", label: "Open" },
  { value: "overdue", label: "Past due" },
  { value: "disputed", label: "In dispute" },
  { value: "paid", label: "Paid" },
];

export default function BillsPage() {
  const { bills, nextCursor, filter, search, paged } = useLoaderData<typeof loader>();
  const nothingYet = bills.length === 0 && filter === "all" && search === "" && !paged;
  return (
    <>
      <PageHeader title="Bills" />
      {nothingYet ? null : <Finder filter={filter} search={search} />}
      {bills.length > 0 ? (
        <BillTable bills={bills} caption="Bills" show="both" />
      ) : (
        <NoBills filter={filter} search={search} />
      )}
      <Pagination
        label="Pages of bills"
        newer={paged ? pathOf({ filter, search }) : null}
        older={nextCursor === null ? null : pathOf({ filter, search, after: nextCursor })}
      />
    </>
  );
}

/** Views of the list, and a search in it. */
function Finder({ filter, search }: { filter: BillFilter; search: string }) {
  return (
    <div className="mb-4 grid gap-4 md:flex md:items-end md:justify-between">
      <FilterTabs
        label="Which bills"
        current={filter}
        tabs={TABS.map((tab) => ({ ...tab, to: pathOf({ filter: tab.value, search }) }))}
      />
      <Form method="get" className="flex gap-2">
        {filter === "all" ? null : <input type="hidden" name="show" value={filter} />}
        <SearchInput
          key={search}
          name="q"
          label="Search by number, amount or word"
          placeholder="Number, amount or word"
          defaultValue={search}
        />
        <Button type="submit">Search</Button>
      </Form>
    </div>
  );
}

function pathOf({ filter, search, after }: { filter: BillFilter; search: string; after?: string }): string {
  const params = new URLSearchParams();
  if (filter !== "all") params.set("show", filter);
  if (search !== "") params.set("q", search);
  if (after !== undefined) params.set("after", after);
  const query = params.toString();
  return query === "" ? "/bills" : `/bills?${query}`;
}

const NOTHING: Record<BillFilter, { title: string; text: string }> = {
  all: {
    title: "No bills yet",
    text: "When one is issued it stands here, with what it is for and a button to pay it.",
  },
  open: { title: "Nothing is open", text: "You are all paid up." },
  overdue: { title: "Nothing is late", text: "Every open bill still has time." },
  disputed: { title: "Nothing is in dispute", text: "If a charge looks wrong, open its bill and ask about it there." },
  paid: { title: "Nothing is paid yet", text: "Bills stand here once nothing is left of them." },
};

function NoBills({ filter, search }: { filter: BillFilter; search: string }) {
  if (search !== "")
    return (
      <EmptyState
        icon={FileText}
        title={`No bill matches “${isolated(search)}”`}
        action={<ButtonLink to={pathOf({ filter: "all", search: "" })}>Show all bills</ButtonLink>}
      >
        Part of a bill’s number is enough, its exact amount, or a word that stands on it.
      </EmptyState>
    );
  const { title, text } = NOTHING[filter];
  const action = filter === "all" ? null : <ButtonLink to="/bills">Show all bills</ButtonLink>;
  return (
    <EmptyState icon={FileText} title={title} action={action}>
      {text}
    </EmptyState>
  );
}
