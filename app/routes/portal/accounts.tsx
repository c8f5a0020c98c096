import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";

import { readChosenAccountId, requireCustomer } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { accountCookie } from "#app/http/preferences.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { Check } from "#app/ui/icons.ts";
import { Money } from "#app/ui/money.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { listAccountsById } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { getAccountMoney } from "#server/domains/invoices/index.ts";
import { notFound } from "#server/platform/faults.ts";

export const meta: MetaFunction = () => [{ title: "Your accounts" }];

/** Above it only names are shown: sums of hundreds of accounts are a report, not a choice. */
const MOST_WITH_MONEY = 25;

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, customer } = await requireCustomer(args);
    const accounts = await listAccountsById(ctx.db, [...customer.accounts.keys()]);
    const withMoney = accounts.length <= MOST_WITH_MONEY;
    const rows = await Promise.all(
      accounts.map(async ({ id, name, number, zone }) => {
        const money = withMoney ? await getAccountMoney(ctx.db, id, todayIn(zone, ctx.now)) : null;
        return { id, name, number, toPayNow: money?.toPayNow ?? null };
      }),
    );
    return { accounts: rows, chosenId: readChosenAccountId(args, customer) };
  });

/** Remembers the choice in this browser. An account that is not theirs looks like one that does not exist. */
export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { customer } = await requireCustomer(args);
    const accountId = (await readForm(args.request)).get("account");
    if (typeof accountId !== "string" || !customer.accounts.has(accountId)) throw notFound("account");
    return redirect("/account", { status: 303, headers: { "Set-Cookie": accountCookie(accountId) } });
  });

export default function AccountsPage() {
  const { accounts, chosenId } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Your accounts" lead="Choose the one you want to see. You can come back here at any time." />
      <ul className="max-w-[34rem] border-y border-line">
        {accounts.map((account) => (
          <li key={account.id} className="border-line [&+li]:border-t">
            <Form method="post">
              <button
                name="account"
                value={account.id}
                aria-current={account.id === chosenId ? "true" : undefined}
                className="grid w-full grid-cols-[1fr_auto_1.25rem] items-center gap-4 py-3 text-start hover:text-accent-ink"
              >
                <span className="min-w-0">
                  <span className="block truncate font-medium">{account.name}</span>
                  <span className="block text-14 text-ink-3">Account {account.number}</span>
                </span>
                <span className="text-end">
                  {account.toPayNow ? (
                    <>
                      <Money value={account.toPayNow} />
                      <span className="block text-14 text-ink-3">to pay now</span>
                    </>
                  ) : null}
                </span>
                {account.id === chosenId ? <Check size={18} aria-hidden="true" className="text-accent-ink" /> : null}
              </button>
            </Form>
          </li>
        ))}
      </ul>
    </>
  );
}
