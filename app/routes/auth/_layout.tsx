import { type LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData } from "@remix-run/react";

import { serverOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { readShell } from "#app/http/shell.server.ts";
import { AuthShell } from "#app/ui/auth-shell.tsx";
import { ErrorPage } from "#app/ui/error-page.tsx";
import { Link } from "#app/ui/link.tsx";
import { LocaleProvider } from "#app/ui/locale.tsx";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => ({ ...(await readShell(args)), keepsMail: serverOf(args).keepsMail }));

export default function AuthLayout() {
  const { biller, locale, keepsMail } = useLoaderData<typeof loader>();
  return (
    <LocaleProvider value={locale}>
      <AuthShell biller={biller} footer={keepsMail ? <KeptMailHint /> : undefined}>
        <Outlet />
      </AuthShell>
    </LocaleProvider>
  );
}

/** Nobody should wait for a mail that is not sent. */
const KeptMailHint = () => (
  <>
    No mail server is set, so mail is not sent: <Link to="/dev/mail">read it here</Link>.
  </>
);

export function ErrorBoundary() {
  return (
    <main id="main">
      <ErrorPage />
    </main>
  );
}
