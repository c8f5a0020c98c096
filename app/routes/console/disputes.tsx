import { type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { type ReactNode } from "react";

import { DISPUTE_REASON_WORDS, DISPUTE_STATE_STAFF_WORDS } from "#app/contracts/messages/disputes.ts";
import { FilterTabs } from "#app/features/bills/filter-tabs.tsx";
import { caseTone } from "#app/features/disputes/case-panel.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { ConsolePage } from "#app/ui/console-shell.tsx";
import { Day } from "#app/ui/date.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Scale } from "#app/ui/icons.ts";
import { Money } from "#app/ui/money.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { Status } from "#app/ui/status.tsx";
import { RowLink, Table } from "#app/ui/table.tsx";
import { useRowKeys } from "#app/ui/use-row-keys.ts";
import { getBusiness, todayIn } from "#server/domains/business/index.ts";
import { BOARD_FILTERS, type BoardFilter, type Dispute, listDisputes } from "#server/domains/disputes/index.ts";

export const meta = () => [{ title: "Disputes" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, staff } = await requireStaff(args);
    const asked = new URL(args.request.url).searchParams;
    const filter = BOARD_FILTERS.find((one) => one === asked.get("show")) ?? "live";
    const cursor = asked.get("after");
    const today = todayIn((await getBusiness(ctx.db)).zone, ctx.now);
    const page = await listDisputes(ctx.db, { filter, today, loginId: staff.loginId, cursor });
    return { ...page, filter, paged: cursor !== null };
  });

const TABS: readonly { value: BoardFilter; label: string }[] = [
  { value: "live", label: "Live" },
  { value: "unowned", label: "Nobody's" },
  { value: "mine", label: "Mine" },
  { value: "waiting_on_customer", label: "Waiting for customer" },
  { value: "decided", label: "Decided" },
  { value: "all", label: "All" },
];

export default function DisputeBoardPage() {
  const { items, nextCursor, filter, paged } = useLoaderData<typeof loader>();
  useRowKeys();
  return (
    <ConsolePage>
      <PageHeader title="Disputes" lead="The promise that is due soonest stands first." />
      <FilterTabs
        label="Which cases"
        current={filter}
        tabs={TABS.map((tab) => ({ ...tab, to: `?show=${tab.value}` }))}
      />
      {items.length > 0 ? <Board disputes={items} /> : <EmptyState icon={Scale} title="No case here" />}
      <Pagination
        label="Pages of disputes"
        newer={paged ? `?show=${filter}` : null}
        older={nextCursor === null ? null : `?show=${filter}&after=${encodeURIComponent(nextCursor)}`}
      />
    </ConsolePage>
  );
}

const pathOf = ({ conversationNumber, number }: Dispute): string =>
  conversationNumber === null ? `/console/disputes/${number}` : `/console/c/${conversationNumber}`;

type Of = { dispute: Dispute };

/** The case's number; on a phone, where three lines are all, with how long it goes, who has it and until when. */
function CaseLine({ dispute }: Of) {
  return (
    <span className="max-sm:flex max-sm:justify-between max-sm:gap-3">
      <span className="max-sm:truncate">
        <RowLink to={pathOf(dispute)}>{dispute.number}</RowLink>
        <OnPhone>
          {" "}
          · since <Day date={dispute.openedOn} style="day" /> · <bdi>{dispute.ownerName ?? "Nobody"}</bdi>
        </OnPhone>
      </span>
      <OnPhone>
        {dispute.clock.dueOn ? "by " : null}
        <PromisedBy dispute={dispute} />
      </OnPhone>
    </span>
  );
}

/** On a phone with the bill, where there is room for all of its number. */
function Why({ dispute: { reason, billNumber } }: Of) {
  return (
    <span className="max-sm:flex max-sm:h-6 max-sm:flex-wrap max-sm:overflow-hidden">
      <span>{DISPUTE_REASON_WORDS[reason]}</span>
      {billNumber === null ? null : <OnPhone>&nbsp;· {billNumber}</OnPhone>}
    </span>
  );
}

const PromisedBy = ({ dispute: { clock } }: Of) => (clock.dueOn ? <Day date={clock.dueOn} /> : "No date");

/** What stands in a column of its own elsewhere. */
const OnPhone = ({ children }: { children: ReactNode }) => (
  <span className="whitespace-nowrap sm:hidden">{children}</span>
);

function Board({ disputes }: { disputes: readonly Dispute[] }) {
  return (
    <Table
      caption="Disputes"
      rows={disputes}
      rowKey={(one) => one.id}
      columns={[
        { ...{ key: "number", header: "Case", phone: "third" }, cell: (one) => <CaseLine dispute={one} /> },
        {
          ...{ key: "who", header: "Customer", phone: "title" },
          cell: (one) => <bdi className="max-sm:font-medium">{one.accountName}</bdi>,
        },
        { ...{ key: "why", header: "Why", phone: "sub" }, cell: (one) => <Why dispute={one} /> },
        { key: "bill", header: "Bill", phone: "hidden", cell: (one) => one.billNumber },
        {
          ...{ key: "state", header: "State", phone: "end" },
          cell: (one) => <Status tone={caseTone(one)}>{DISPUTE_STATE_STAFF_WORDS[one.state]}</Status>,
        },
        { key: "owner", header: "With", phone: "hidden", cell: (one) => <bdi>{one.ownerName ?? "Nobody"}</bdi> },
        { ...{ key: "due", header: "Promised by", phone: "hidden" }, cell: (one) => <PromisedBy dispute={one} /> },
        {
          key: "amount",
          header: "In question",
          align: "end",
          phone: "amount",
          cell: (one) => <Money value={one.amount} />,
        },
      ]}
    />
  );
}
