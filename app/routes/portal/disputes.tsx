import { type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { DisputeList } from "#app/features/disputes/dispute-list.tsx";
import { requireAccount } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Scale } from "#app/ui/icons.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { todayIn } from "#server/domains/business/index.ts";
import { listDisputesOfAccount } from "#server/domains/disputes/index.ts";

export const meta = () => [{ title: "Disputes" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account } = await requireAccount(args);
    const cursor = new URL(args.request.url).searchParams.get("after");
    const today = todayIn(account.zone, ctx.now);
    const page = await listDisputesOfAccount(ctx.db, { accountId: account.id, today, cursor });
    return { ...page, paged: cursor !== null };
  });

export default function DisputesPage() {
  const { items, nextCursor, paged } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title="Disputes"
        lead="What you question waits: it is not asked for until somebody has looked at it."
        actions={<ButtonLink to="/disputes/new">New dispute</ButtonLink>}
      />
      {items.length > 0 ? (
        <DisputeList disputes={items} />
      ) : (
        <EmptyState icon={Scale} title="No disputes" action={<ButtonLink to="/bills">See your bills</ButtonLink>}>
          If something on a bill is wrong, open the bill and tell us. We look at it, and that part waits.
        </EmptyState>
      )}
      <Pagination
        label="Pages of disputes"
        newer={paged ? "/disputes" : null}
        older={nextCursor === null ? null : `/disputes?after=${encodeURIComponent(nextCursor)}`}
      />
    </>
  );
}
