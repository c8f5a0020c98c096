import { type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { LogTable } from "#app/features/accounts/log-table.tsx";
import { accountPartPath } from "#app/features/accounts/paths.ts";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { History } from "#app/ui/icons.ts";
import { Pagination } from "#app/ui/pagination.tsx";
import { getAccountByNumber } from "#server/domains/accounts/index.ts";
import { listAudit } from "#server/domains/audit/index.ts";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const { id, number } = await getAccountByNumber(ctx.db, args.params["number"] ?? "");
    const cursor = new URL(args.request.url).searchParams.get("after");
    const page = await listAudit(ctx.db, { accountId: id, cursor });
    return { number, entries: page.items, nextCursor: page.nextCursor, paged: cursor !== null };
  });

export default function AccountLog() {
  const { number, entries, nextCursor, paged } = useLoaderData<typeof loader>();
  const path = accountPartPath(number, "log");
  return (
    <>
      {entries.length > 0 ? (
        <LogTable entries={entries} />
      ) : (
        <EmptyState icon={History} title="Nothing in the log yet">
          Every change that somebody makes here is kept, with who and what stood before.
        </EmptyState>
      )}
      <Pagination
        label="Pages of the log"
        newer={paged ? path : null}
        older={nextCursor === null ? null : `${path}?${new URLSearchParams({ after: nextCursor }).toString()}`}
      />
    </>
  );
}
