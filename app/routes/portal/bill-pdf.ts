import { type LoaderFunctionArgs } from "@remix-run/node";

import { requireAccount, serverOf } from "#app/http/asker.server.ts";
import { readBillDocument } from "#app/http/bill-document.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { pdfResponse } from "#app/http/pdf.server.ts";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account, customer } = await requireAccount(args);
    const number = args.params["number"] ?? "";
    const data = await readBillDocument(ctx, { account, number, locale: customer.locale });
    return pdfResponse(await serverOf(args).documents.bill(data), `${data.title} ${number}.pdf`);
  });
