import { type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { accountPartPath } from "#app/features/accounts/paths.ts";
import { StaffByMail } from "#app/features/statements/by-mail.tsx";
import { StatementPage } from "#app/features/statements/statement-page.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { readStatementPage } from "#app/http/statement.server.ts";
import { getAccountByNumber } from "#server/domains/accounts/index.ts";
import { listReaders } from "#server/domains/statements/index.ts";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const account = await getAccountByNumber(ctx.db, args.params["number"] ?? "");
    const [facts, readers] = await Promise.all([
      readStatementPage({ ctx, account, url: args.request.url }),
      listReaders(ctx.db, account),
    ]);
    return { account: { number: account.number, email: account.email }, readers, ...facts };
  });

export default function AccountStatements() {
  const { account, readers, ...facts } = useLoaderData<typeof loader>();
  return (
    <>
      <StatementPage facts={facts} path={accountPartPath(account.number, "statements")} />
      <StaffByMail {...{ readers, account }} />
    </>
  );
}
