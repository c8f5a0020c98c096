import { type ActionFunctionArgs } from "@remix-run/node";

import { serverOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { redirect } from "#app/http/redirect.server.ts";

/** Ends the session and its sockets, here only; settings end them everywhere. */
export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { cookie } = await serverOf(args).sessions.close(args.request.headers.get("cookie"));
    return redirect("/sign-in?signed-out", {
      status: 303,
      headers: { "Set-Cookie": cookie, "Clear-Site-Data": '"cache"' },
    });
  });

export const loader = () => redirect("/");
