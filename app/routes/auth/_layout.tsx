import { type LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData } from "@remix-run/react";

import { withFaults } from "#app/http/faults.server.ts";
import { readShell } from "#app/http/shell.server.ts";
import { AuthShell } from "#app/ui/auth-shell.tsx";
import { ErrorPage } from "#app/ui/error-page.tsx";
import { LocaleProvider } from "#app/ui/locale.tsx";

export const loader = (args: LoaderFunctionArgs) => withFaults(() => readShell(args));

export default function AuthLayout() {
  const { biller, locale } = useLoaderData<typeof loader>();
  return (
    <LocaleProvider value={locale}>
      <AuthShell biller={biller}>
        <Outlet />
      </AuthShell>
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
