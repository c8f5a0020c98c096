import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { SettingsPage } from "#app/features/settings/settings-page.tsx";
import { requireCustomer } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { changeSettings, readSettings } from "#app/http/settings.server.ts";
import { Link } from "#app/ui/link.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { useReply } from "#app/ui/use-reply.ts";

export const meta = () => [{ title: "Settings" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => readSettings({ ...(await requireCustomer(args)), request: args.request }));

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => changeSettings({ ...(await requireCustomer(args)), request: args.request }));

/** A customer's own login, and the way to what they pay with. */
export default function Settings() {
  return (
    <div className="grid gap-12">
      <SettingsPage facts={useLoaderData<typeof loader>()} reply={useReply<typeof action>()} base="/settings" />
      <section aria-labelledby="paying" className="max-w-2xl">
        <SectionHeader id="paying" title="Paying" />
        <p className="text-ink-2">
          <Link to="/settings/methods">Saved cards and bank accounts</Link>: which one is offered first, and removing
          one.
        </p>
      </section>
    </div>
  );
}
