import { type LoaderFunctionArgs } from "@remix-run/node";

import { withFaults } from "#app/http/faults.server.ts";
import { requireKeptMail } from "#app/http/kept-mail.server.ts";
import { listMails } from "#server/domains/notifications/index.ts";

/** The kept mail for programs: newest first, the newest hundred. */
export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const mails = await listMails(requireKeptMail(args).db);
    const told = mails.map(({ id, kind, toAddress, subject, plain, html, createdAt }) => ({
      ...{ id, kind, to: toAddress, subject, plain, html, createdAt },
    }));
    return Response.json(told);
  });
