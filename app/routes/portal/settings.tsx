import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { SettingsPage } from "#app/features/settings/settings-page.tsx";
import { readChosenAccountId, requireCustomer } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { changeSettings, readSettings } from "#app/http/settings.server.ts";
import { Link } from "#app/ui/link.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { useReply } from "#app/ui/use-reply.ts";

export const meta = () => [{ title: "Settings" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, customer, signedIn } = await requireCustomer(args);
    const accountId = readChosenAccountId(args, customer);
    const managesIt = accountId !== null && customer.accounts.get(accountId) === "manage";
    return { ...(await readSettings({ ctx, signedIn, request: args.request })), managesIt };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => changeSettings({ ...(await requireCustomer(args)), request: args.request }));

/** A customer's own login, and the way to what they pay with. */
export default function Settings() {
  const { managesIt, ...facts } = useLoaderData<typeof loader>();
  return (
    <div className="grid gap-12">
      <SettingsPage facts={facts} reply={useReply<typeof action>()} base="/settings" />
      {managesIt ? (
        <section aria-labelledby="people" className="max-w-2xl">
          <SectionHeader id="people" title="People" />
          <p className="text-ink-2">
            <Link to="/settings/people">Who else reaches this account</Link>: invite somebody, or change what they may
            do.
          </p>
        </section>
      ) : null}
      <section aria-labelledby="telling" className="max-w-2xl">
        <SectionHeader id="telling" title="Being told" />
        <p className="text-ink-2">
          <Link to="/settings/notices">Which mails you get</Link>, about bills, payments, disputes and answers.
        </p>
      </section>
      <section aria-labelledby="paying" className="max-w-2xl">
        <SectionHeader id="paying" title="Paying" />
        <p className="text-ink-2">
          <Link to="/settings/methods">Saved cards and bank accounts</Link>: which one is offered first, and removing
          one. <Link to="/autopay">Autopay</Link>: bills that are paid by themselves, and payments you put on a date.
        </p>
      </section>
    </div>
  );
}
