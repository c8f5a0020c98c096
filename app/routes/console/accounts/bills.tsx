import { type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { accountBillPath, accountPartPath } from "#app/features/accounts/paths.ts";
import { billRow } from "#app/features/bills/bill-row.ts";
import { BillTable } from "#app/features/bills/bill-table.tsx";
import { FilterTabs } from "#app/features/bills/filter-tabs.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { FileText } from "#app/ui/icons.ts";
import { Pagination } from "#app/ui/pagination.tsx";
import { getAccountByNumber } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { BILL_FILTERS, type BillFilter, listBills } from "#server/domains/invoices/index.ts";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const { id, number, zone } = await getAccountByNumber(ctx.db, args.params["number"] ?? "");
    const params = new URL(args.request.url).searchParams;
    const filter = BILL_FILTERS.find((known) => known === params.get("show")) ?? "all";
    const cursor = params.get("after");
    const page = await listBills(ctx.db, { accountId: id, today: todayIn(zone, ctx.now), filter, cursor });
    return { number, bills: page.items.map(billRow), nextCursor: page.nextCursor, filter, paged: cursor !== null };
  });

/** Told apart here: the page in the browser knows no domain. */
const VIEWS: readonly { value: BillFilter; label: string }[] = [
  { value: "all", label: "All" },
  { value: "open", label: "Open" },
  { value: "overdue", label: "Past due" },
  { value: "disputed", label: "In dispute" },
  { value: "paid", label: "Paid" },
];

export default function AccountBills() {
  const { number, bills, nextCursor, filter, paged } = useLoaderData<typeof loader>();
  const pathOf = (show: BillFilter, after: string | null = null) => {
    const params = new URLSearchParams({ ...(show === "all" ? {} : { show }), ...(after ? { after } : {}) }).toString();
    return `${accountPartPath(number, "bills")}${params ? `?${params}` : ""}`;
  };
  return (
    <>
      <div className="mb-3">
        <FilterTabs
          label="Which bills"
          current={filter}
          tabs={VIEWS.map(({ value, label }) => ({ value, label, to: pathOf(value) }))}
        />
      </div>
      {bills.length > 0 ? (
        <BillTable bills={bills} caption="Bills" show="both" pathOf={(bill) => accountBillPath(number, bill)} />
      ) : (
        <EmptyState icon={FileText} title={filter === "all" ? "No bills yet" : "No such bills"}>
          Bills stand here with what is left of each.
        </EmptyState>
      )}
      <Pagination
        label="Pages of bills"
        newer={paged ? pathOf(filter) : null}
        older={nextCursor === null ? null : pathOf(filter, nextCursor)}
      />
    </>
  );
}
