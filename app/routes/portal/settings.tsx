import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { SettingsPage } from "#app/features/settings/settings-page.tsx";
import { requireCustomer } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { changeSettings, readSettings } from "#app/http/settings.server.ts";

export const meta = () => [{ title: "Settings" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => readSettings({ ...(await requireCustomer(args)), request: args.request }));

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => changeSettings({ ...(await requireCustomer(args)), request: args.request }));

/** A customer's own login. */
export default function Settings() {
  return <SettingsPage facts={useLoaderData<typeof loader>()} reply={useActionData<typeof action>()} />;
}
