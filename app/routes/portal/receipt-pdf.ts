import { type LoaderFunctionArgs } from "@remix-run/node";

import { decodeId } from "#app/contracts/ids.ts";
import { requireCustomer, serverOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { pdfResponse } from "#app/http/pdf.server.ts";
import { readReceiptDocument } from "#app/http/receipt-document.server.ts";
import { getAccount } from "#server/domains/accounts/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { getPayment } from "#server/domains/payments/index.ts";
import { notFound } from "#server/platform/faults.ts";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, customer } = await requireCustomer(args);
    const paymentId = decodeId("payment", args.params["id"] ?? "");
    if (paymentId === null) throw notFound("payment");
    const payment = await getPayment(ctx.db, paymentId);
    authorize(ctx.actor, "payment.view", payment.accountId);
    const account = await getAccount(ctx.db, payment.accountId);
    const data = await readReceiptDocument(ctx, { account, payment, locale: customer.locale });
    return pdfResponse(await serverOf(args).documents.receipt(data), `Receipt ${data.paidOn}.pdf`);
  });
