import { type LoaderFunctionArgs } from "@remix-run/node";

import { ctxOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { redirect } from "#app/http/redirect.server.ts";

/** The start page has no face of its own: it leads to where the person belongs. */
export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await ctxOf(args);
    switch (ctx.actor.kind) {
      case "customer":
        return redirect("/account");
      case "staff":
        return redirect("/console");
      case "system":
      case "processor":
      case "guest":
      case "anonymous":
        return redirect("/sign-in");
    }
  });
