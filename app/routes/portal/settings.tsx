import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { SettingsPage } from "#app/features/settings/settings-page.tsx";
import { readChosenAccountId, requireCustomer } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { changeSettings, readSettings } from "#app/http/settings.server.ts";
import { type Place, PlaceList } from "#app/ui/place-list.tsx";
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

/** A customer's own login, and the ways to everything else that can be set. */
export default function Settings() {
  const { managesIt, ...facts } = useLoaderData<typeof loader>();
  const places = <PlaceList label="More settings" places={PLACES.filter(({ manager }) => managesIt || !manager)} />;
  return <SettingsPage facts={facts} reply={useReply<typeof action>()} base="/settings" places={places} />;
}

const PLACES: readonly (Place & { manager?: true })[] = [
  { to: "/settings/methods", name: "Cards and bank accounts", what: "Which one is offered first, and removing one" },
  { to: "/autopay", name: "Autopay", what: "Bills that are paid by themselves, and payments you put on a date" },
  {
    to: "/settings/notices",
    name: "What you are told",
    what: "By mail and at the bell, about bills, payments, disputes, answers",
  },
  {
    to: "/settings/people",
    name: "People",
    what: "Who else reaches this account, and what they may do",
    manager: true,
  },
  { to: "/settings/security", name: "Signing in", what: "Two-step sign-in, passkeys and your e-mail address" },
];
