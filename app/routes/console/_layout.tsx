import { type LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData, useRouteLoaderData } from "@remix-run/react";
import { type ReactNode } from "react";

import { ConsoleNews } from "#app/features/console/console-news.tsx";
import { Jump } from "#app/features/console/jump.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { readShell } from "#app/http/shell.server.ts";
import { RealtimeProvider } from "#app/realtime/index.ts";
import { ErrorPage } from "#app/ui/error-page.tsx";
import { LocaleProvider } from "#app/ui/locale.tsx";
import { ConsolePage, ConsoleShell, placesFor } from "#app/ui/console-shell.tsx";
import { CONSOLE_ROOM } from "#app/ui/room.ts";
import { may } from "#server/domains/auth/index.ts";
import { countParkedEvents } from "#server/domains/payments/index.ts";

export { afterPreview as shouldRevalidate } from "#app/features/console/after-preview.ts";

export const handle = CONSOLE_ROOM;

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, staff } = await requireStaff(args);
    const mayWorkOff = may(ctx.actor, "event.work_off");
    const [shell, parked] = await Promise.all([
      readShell(args, staff.locale),
      mayWorkOff ? countParkedEvents(ctx.db) : 0,
    ]);
    return { ...shell, person: { name: staff.name, role: staff.role }, mayWorkOff, counts: { parked } };
  });

export default function ConsoleLayout() {
  return (
    <Shell facts={useLoaderData<typeof loader>()}>
      <Outlet />
    </Shell>
  );
}

/** A page that fails keeps its shell, as long as the shell itself could be read. */
export function ErrorBoundary() {
  const facts = useRouteLoaderData<typeof loader>("routes/console/_layout");
  return facts ? (
    <Shell facts={facts}>
      <ConsolePage>
        <ErrorPage inShell />
      </ConsolePage>
    </Shell>
  ) : (
    <main id="main">
      <ErrorPage />
    </main>
  );
}

function Shell({ facts, children }: { facts: ReturnType<typeof useLoaderData<typeof loader>>; children: ReactNode }) {
  return (
    <LocaleProvider value={facts.locale}>
      <RealtimeProvider>
        <ConsoleShell
          biller={facts.biller}
          person={facts.person}
          counts={facts.counts}
          tools={<Jump places={placesFor(facts.person.role)} />}
        >
          <ConsoleNews mayWorkOff={facts.mayWorkOff} />
          {children}
        </ConsoleShell>
      </RealtimeProvider>
    </LocaleProvider>
  );
}
