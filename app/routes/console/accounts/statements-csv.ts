import { type LoaderFunctionArgs } from "@remix-run/node";

import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { statementCsvResponse } from "#app/http/statement.server.ts";
import { getAccountByNumber } from "#server/domains/accounts/index.ts";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const account = await getAccountByNumber(ctx.db, args.params["number"] ?? "");
    return statementCsvResponse({ ctx, account, url: args.request.url });
  });
