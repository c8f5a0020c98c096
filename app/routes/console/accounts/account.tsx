import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Outlet, useLoaderData } from "@remix-run/react";

import { AccountHead } from "#app/features/accounts/account-head.tsx";
import { accountPartPath, accountPath } from "#app/features/accounts/paths.ts";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { useLiveAccount } from "#app/realtime/index.ts";
import { ConsolePage } from "#app/ui/console-shell.tsx";
import { LinkTabs } from "#app/ui/tabs.tsx";
import { useRowKeys } from "#app/ui/use-row-keys.ts";
import { getAccountByNumber } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { getAccountMoney } from "#server/domains/invoices/index.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? data.account.name : "Account" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const account = await getAccountByNumber(ctx.db, args.params["number"] ?? "");
    const money = await getAccountMoney(ctx.db, account.id, todayIn(account.zone, ctx.now));
    return { account, money };
  });

/** One account: who it is and what it owes stay on top, its parts have an address each. */
export default function AccountLayout() {
  const { account, money } = useLoaderData<typeof loader>();
  const { number } = account;
  useLiveAccount(account.id);
  useRowKeys();
  return (
    <ConsolePage>
      <AccountHead account={account} money={money} />
      <LinkTabs
        label="Parts of this account"
        tabs={[
          { to: accountPath(number), label: "Overview", end: true },
          { to: accountPartPath(number, "bills"), label: "Bills" },
          { to: accountPartPath(number, "payments"), label: "Payments" },
          { to: accountPartPath(number, "plans"), label: "Plans" },
          { to: accountPartPath(number, "reminders"), label: "Reminders" },
          { to: accountPartPath(number, "statements"), label: "Statements" },
          { to: accountPartPath(number, "people"), label: "People" },
          { to: accountPartPath(number, "details"), label: "Details" },
          { to: accountPartPath(number, "log"), label: "Log" },
        ]}
      />
      <div className="pt-5">
        <Outlet />
      </div>
    </ConsolePage>
  );
}
