import { type LoaderFunctionArgs } from "@remix-run/node";

import { requireAccount } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { statementCsvResponse } from "#app/http/statement.server.ts";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account } = await requireAccount(args);
    return statementCsvResponse({ ctx, account, url: args.request.url });
  });
