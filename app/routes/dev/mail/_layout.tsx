import { type LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData } from "@remix-run/react";

import { withFaults } from "#app/http/faults.server.ts";
import { requireKeptMail } from "#app/http/kept-mail.server.ts";
import { readShell } from "#app/http/shell.server.ts";
import { Brand } from "#app/ui/brand.tsx";
import { LocaleProvider } from "#app/ui/locale.tsx";
import { SkipLink } from "#app/ui/skip-link.tsx";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    requireKeptMail(args);
    return readShell(args);
  });

/** Where mail goes that no mail server takes: for trying out, and for setting up. */
export default function KeptMailLayout() {
  const { biller, locale } = useLoaderData<typeof loader>();
  return (
    <LocaleProvider value={locale}>
      <SkipLink />
      <div className="mx-auto grid w-full max-w-4xl content-start gap-6 p-4 sm:p-6">
        <header>
          <Brand biller={biller} to="/" />
        </header>
        <main id="main" tabIndex={-1} className="grid gap-6">
          <Outlet />
        </main>
      </div>
    </LocaleProvider>
  );
}
