import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { SettingsPage } from "#app/features/settings/settings-page.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { changeSettings, readSettings } from "#app/http/settings.server.ts";
import { ConsolePage } from "#app/ui/console-shell.tsx";
import { useReply } from "#app/ui/use-reply.ts";

export const meta = () => [{ title: "Settings" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => readSettings({ ...(await requireStaff(args)), request: args.request }));

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => changeSettings({ ...(await requireStaff(args)), request: args.request }));

/** A staff member's own login. */
export default function Settings() {
  return (
    <ConsolePage>
      <SettingsPage facts={useLoaderData<typeof loader>()} reply={useReply<typeof action>()} base="/console/settings" />
    </ConsolePage>
  );
}
