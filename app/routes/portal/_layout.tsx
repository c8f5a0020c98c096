import { type LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData, useRouteLoaderData } from "@remix-run/react";
import { type ReactNode } from "react";

import { ChosenAccount } from "#app/features/account/chosen-account.tsx";
import { Dock } from "#app/features/conversation/dock.tsx";
import { readChosenAccount, readChosenAccountId, requireCustomer } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { readShell } from "#app/http/shell.server.ts";
import { RealtimeProvider, useLiveAccount, useUnread } from "#app/realtime/index.ts";
import { ErrorPage } from "#app/ui/error-page.tsx";
import { LocaleProvider } from "#app/ui/locale.tsx";
import { PortalShell } from "#app/ui/portal-shell.tsx";
import { countUnseenNews } from "#server/domains/accounts/index.ts";
import { countUnread } from "#server/domains/conversations/index.ts";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, customer } = await requireCustomer(args);
    const accountId = readChosenAccountId(args, customer);
    const [shell, unread, chosen, unseenNews] = await Promise.all([
      readShell(args, customer.locale),
      countUnread(ctx.db, customer),
      readChosenAccount(args, ctx, customer),
      accountId === null ? 0 : countUnseenNews(ctx, accountId),
    ]);
    return {
      ...shell,
      // Dates are told in the zone of the account they are about.
      locale: { ...shell.locale, zone: chosen?.zone ?? shell.locale.zone },
      person: { name: customer.name },
      unread,
      unseenNews,
      accountId: chosen?.id ?? null,
      // Somebody with one account never chooses.
      account: chosen && customer.accounts.size > 1 ? { name: chosen.name, number: chosen.number } : null,
    };
  });

export default function PortalLayout() {
  return (
    <Shell facts={useLoaderData<typeof loader>()}>
      <Outlet />
    </Shell>
  );
}

/** A page that fails keeps its shell, as long as the shell itself could be read. */
export function ErrorBoundary() {
  const facts = useRouteLoaderData<typeof loader>("routes/portal/_layout");
  return facts ? (
    <Shell facts={facts}>
      <ErrorPage inShell />
    </Shell>
  ) : (
    <main id="main">
      <ErrorPage />
    </main>
  );
}

type Facts = ReturnType<typeof useLoaderData<typeof loader>>;

function Shell({ facts, children }: { facts: Facts; children: ReactNode }) {
  return (
    <LocaleProvider value={facts.locale}>
      <RealtimeProvider>
        <LiveShell facts={facts}>{children}</LiveShell>
      </RealtimeProvider>
    </LocaleProvider>
  );
}

/** Every page of the portal keeps its numbers true while it is open. */
function LiveShell({ facts, children }: { facts: Facts; children: ReactNode }) {
  useLiveAccount(facts.accountId);
  const { unread, recount } = useUnread(facts);
  return (
    <PortalShell
      biller={facts.biller}
      person={facts.person}
      unreadMessages={unread}
      unseenNews={facts.unseenNews}
      dock={<Dock unread={unread} onClosed={recount} />}
    >
      {facts.account ? <ChosenAccount account={facts.account} /> : null}
      {children}
    </PortalShell>
  );
}
