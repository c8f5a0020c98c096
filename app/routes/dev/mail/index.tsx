import { type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { withFaults } from "#app/http/faults.server.ts";
import { requireKeptMail } from "#app/http/kept-mail.server.ts";
import { Moment } from "#app/ui/date.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Mail } from "#app/ui/icons.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { RowLink, Table } from "#app/ui/table.tsx";
import { listMails } from "#server/domains/notifications/index.ts";

export const meta = () => [{ title: "Outgoing mail" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const mails = await listMails(requireKeptMail(args).db);
    return { mails: mails.map(({ id, toAddress, subject, createdAt }) => ({ id, toAddress, subject, createdAt })) };
  });

export default function KeptMailPage() {
  const { mails } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title="Outgoing mail"
        lead="No mail server is set (SMTP_URL), so mail is kept here instead of being sent. The newest hundred."
      />
      {mails.length === 0 ? (
        <EmptyState icon={Mail} title="No mail yet">
          Sign-in codes, invitations and receipts are listed here as soon as they are written.
        </EmptyState>
      ) : (
        <Table
          caption="Outgoing mail, newest first"
          rows={mails}
          rowKey={(mail) => mail.id}
          columns={[
            {
              key: "subject",
              header: "Subject",
              phone: "title",
              cell: (mail) => (
                <RowLink to={`/dev/mail/${mail.id}`} reloadDocument>
                  {mail.subject}
                </RowLink>
              ),
            },
            { key: "to", header: "To", phone: "sub", cell: (mail) => mail.toAddress },
            {
              key: "at",
              header: "Written",
              align: "end",
              phone: "end",
              cell: (mail) => <Moment at={mail.createdAt} absolute />,
            },
          ]}
        />
      )}
    </>
  );
}
