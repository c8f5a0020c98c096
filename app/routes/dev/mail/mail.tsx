import { type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { serverOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { requireKeptMail } from "#app/http/kept-mail.server.ts";
import { Moment } from "#app/ui/date.tsx";
import { Link } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pairs } from "#app/ui/pairs.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { getMail } from "#server/domains/notifications/index.ts";

export const meta = () => [{ title: "A mail" }];

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const ctx = requireKeptMail(args);
    const id = args.params["id"] ?? "";
    if (!UUID.test(id)) throw new Response(null, { status: 404 });
    const { kind, toAddress, subject, html, plain, createdAt } = await getMail(ctx.db, id);
    // The frame inherits the page's policy: the mail's own styles need the nonce of this very response.
    const framed = html.replaceAll("<style>", `<style nonce="${serverOf(args).cspNonce}">`);
    return { kind, toAddress, subject, framed, plain, createdAt };
  });

/** One mail as its reader gets it. The frame may run nothing and knows nothing of this site. */
export default function KeptMail() {
  const mail = useLoaderData<typeof loader>();
  return (
    <>
      <p>
        <Link to="/dev/mail">All outgoing mail</Link>
      </p>
      <PageHeader title={mail.subject} />
      <Pairs
        pairs={[
          { label: "To", value: mail.toAddress },
          { label: "Kind", value: mail.kind.replaceAll("_", " ") },
          { label: "Written", value: <Moment at={mail.createdAt} absolute /> },
        ]}
      />
      <iframe
        title="The mail as it looks"
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        srcDoc={mail.framed}
        suppressHydrationWarning
        className="h-[42rem] w-full rounded-panel border border-line"
      />
      <section className="grid gap-3">
        <SectionHeader title="As plain text" />
        <pre className="overflow-x-auto rounded-panel bg-sunken p-4 text-14 whitespace-pre-wrap" tabIndex={0}>
          {mail.plain}
        </pre>
      </section>
    </>
  );
}
