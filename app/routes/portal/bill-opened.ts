import { type ActionFunctionArgs } from "@remix-run/node";

import { requireAccount } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { getBill, markBillViewed } from "#server/domains/invoices/index.ts";

/** The page says that somebody has it before their eyes; fetching it ahead does not. */
export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account } = await requireAccount(args);
    const of = { number: args.params["number"] ?? "", today: todayIn(account.zone, ctx.now) };
    const { id: invoiceId } = await getBill(ctx.db, { accountId: account.id, ...of });
    await markBillViewed({ ctx, input: { accountId: account.id, invoiceId } });
    return new Response(null, { status: 204 });
  });
