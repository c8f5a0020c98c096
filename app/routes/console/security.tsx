import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { SecurityPage } from "#app/features/settings/security-page.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { changeSecurity, readSecurity } from "#app/http/security.server.ts";
import { ConsolePage } from "#app/ui/console-shell.tsx";
import { useReply } from "#app/ui/use-reply.ts";

export const meta = () => [{ title: "Signing in" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => readSecurity({ ...(await requireStaff(args)), request: args.request }));

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => changeSecurity({ ...(await requireStaff(args)), request: args.request }));

/** How somebody who works here signs in. */
export default function Security() {
  return (
    <ConsolePage>
      <SecurityPage facts={useLoaderData<typeof loader>()} reply={useReply<typeof action>()} base="/console/settings" />
    </ConsolePage>
  );
}
