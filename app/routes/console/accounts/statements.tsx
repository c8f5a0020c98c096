import { type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { accountPartPath } from "#app/features/accounts/paths.ts";
import { StatementPage } from "#app/features/statements/statement-page.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { readStatementPage } from "#app/http/statement.server.ts";
import { getAccountByNumber } from "#server/domains/accounts/index.ts";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const account = await getAccountByNumber(ctx.db, args.params["number"] ?? "");
    return { number: account.number, ...(await readStatementPage({ ctx, account, url: args.request.url })) };
  });

export default function AccountStatements() {
  const { number, ...facts } = useLoaderData<typeof loader>();
  return <StatementPage facts={facts} path={accountPartPath(number, "statements")} />;
}
