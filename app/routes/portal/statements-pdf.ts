import { type LoaderFunctionArgs } from "@remix-run/node";

import { requireAccount, serverOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { statementPdfResponse } from "#app/http/statement.server.ts";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account, customer } = await requireAccount(args);
    return statementPdfResponse({ ctx, account, url: args.request.url }, serverOf(args).documents, customer.locale);
  });
