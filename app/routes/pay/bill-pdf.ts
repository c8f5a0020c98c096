import { type LoaderFunctionArgs } from "@remix-run/node";

import { serverOf } from "#app/http/asker.server.ts";
import { readBillDocument } from "#app/http/bill-document.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { requireGuest } from "#app/http/guest.server.ts";
import { pdfResponse } from "#app/http/pdf.server.ts";
import { getGuestBill } from "#server/domains/pay-links/index.ts";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, guest, account, today } = await requireGuest(args);
    const { number } = await getGuestBill(ctx, { guest, today });
    const data = await readBillDocument(ctx, { account, number, locale: account.locale });
    return pdfResponse(await serverOf(args).documents.bill(data), `${data.title} ${number}.pdf`);
  });
