import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { ActivityTable } from "#app/features/activity/activity-table.tsx";
import { requireAccount } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { History } from "#app/ui/icons.ts";
import { Link } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { listActivity } from "#server/domains/statements/index.ts";

export const meta: MetaFunction = () => [{ title: "Activity" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account } = await requireAccount(args);
    const cursor = new URL(args.request.url).searchParams.get("after");
    const page = await listActivity(ctx.db, { accountId: account.id, cursor });
    return { items: page.items, nextCursor: page.nextCursor, paged: cursor !== null };
  });

export default function ActivityPage() {
  const { items, nextCursor, paged } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title="Activity"
        lead={
          <>
            Every bill, payment, credit and dispute of this account, newest first. For papers, see{" "}
            <Link to="/statements">Statements</Link>.
          </>
        }
      />
      {items.length > 0 ? (
        <ActivityTable items={items} caption="Activity" />
      ) : (
        <EmptyState
          icon={History}
          title="Nothing has happened yet"
          action={<ButtonLink to="/account">Go to your account</ButtonLink>}
        >
          Bills, payments, credits and disputes are listed here as they come.
        </EmptyState>
      )}
      <Pagination
        label="Pages of activity"
        newer={paged ? "/activity" : null}
        older={nextCursor === null ? null : `/activity?${new URLSearchParams({ after: nextCursor }).toString()}`}
      />
    </>
  );
}
