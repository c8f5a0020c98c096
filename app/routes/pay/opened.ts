import { type ActionFunctionArgs } from "@remix-run/node";

import { withFaults } from "#app/http/faults.server.ts";
import { requireGuest } from "#app/http/guest.server.ts";
import { markBillViewed } from "#server/domains/invoices/index.ts";

/** Whoever holds the link has the bill before their eyes: a mail program that follows links runs no script. */
export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, guest } = await requireGuest(args);
    await markBillViewed({ ctx, input: guest });
    return new Response(null, { status: 204 });
  });
