import { type LoaderFunctionArgs } from "@remix-run/node";

import { requireStaff, serverOf } from "#app/http/asker.server.ts";
import { readBillDocument } from "#app/http/bill-document.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { pdfResponse } from "#app/http/pdf.server.ts";
import { getAccountByNumber } from "#server/domains/accounts/index.ts";

/** The same paper the customer has. */
export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, staff } = await requireStaff(args);
    const account = await getAccountByNumber(ctx.db, args.params["number"] ?? "");
    const number = args.params["bill"] ?? "";
    const data = await readBillDocument(ctx, { account, number, locale: staff.locale });
    return pdfResponse(await serverOf(args).documents.bill(data), `${data.title} ${number}.pdf`);
  });
