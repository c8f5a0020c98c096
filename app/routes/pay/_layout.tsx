import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Outlet, useLoaderData } from "@remix-run/react";

import { BillerContact } from "#app/features/pay-links/biller-contact.tsx";
import { withFaults } from "#app/http/faults.server.ts";
import { readContact } from "#app/http/guest.server.ts";
import { readShell } from "#app/http/shell.server.ts";
import { ErrorPage } from "#app/ui/error-page.tsx";
import { LocaleProvider } from "#app/ui/locale.tsx";
import { PortalShell } from "#app/ui/portal-shell.tsx";

export const meta: MetaFunction = () => [{ title: "Pay a bill" }, { name: "robots", content: "noindex, nofollow" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => ({ ...(await readShell(args)), contact: await readContact(args) }));

/** A bill's own pages for whoever holds its link: the biller's name, nothing to go to, nothing of a session. */
export default function PayLayout() {
  const { biller, locale, contact } = useLoaderData<typeof loader>();
  return (
    <LocaleProvider value={locale}>
      <PortalShell biller={biller} person={null} footer={<BillerContact contact={contact} />}>
        <Outlet />
      </PortalShell>
    </LocaleProvider>
  );
}

export function ErrorBoundary() {
  return (
    <main id="main">
      <ErrorPage />
    </main>
  );
}
