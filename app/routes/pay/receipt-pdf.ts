import { type LoaderFunctionArgs } from "@remix-run/node";

import { decodeId } from "#app/contracts/ids.ts";
import { serverOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { requireGuest } from "#app/http/guest.server.ts";
import { pdfResponse } from "#app/http/pdf.server.ts";
import { readReceiptDocument } from "#app/http/receipt-document.server.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { getPayment } from "#server/domains/payments/index.ts";
import { notFound } from "#server/platform/faults.ts";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account } = await requireGuest(args);
    const paymentId = decodeId("payment", args.params["payment"] ?? "");
    if (paymentId === null) throw notFound("payment");
    const payment = await getPayment(ctx.db, paymentId);
    authorize(ctx.actor, "payment.view", payment);
    const data = await readReceiptDocument(ctx, { account, payment, locale: account.locale });
    return pdfResponse(await serverOf(args).documents.receipt(data), `Receipt ${data.paidOn}.pdf`);
  });
