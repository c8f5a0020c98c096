import { type ActionFunctionArgs } from "@remix-run/node";

import { passkeyOffer } from "#app/contracts/forms/passkey.ts";
import { ctxOf, serverOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { readShell } from "#app/http/shell.server.ts";
import { offerPasskey } from "#server/domains/auth/index.ts";

/** What the browser is to ask a passkey: for script, since passkeys need it. */
export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const asked = passkeyOffer.safeParse(await args.request.json().catch(() => null));
    if (!asked.success) return Response.json({ reason: "malformed" }, { status: 400 });
    const { ctx, signedIn } = await ctxOf(args);
    const { biller } = await readShell(args);
    const offered = await offerPasskey({
      ctx,
      input: {
        ...{ purpose: asked.data.purpose, ip: serverOf(args).ip },
        ...{ sessionId: signedIn?.sessionId ?? null, biller: biller.name },
      },
    });
    if (offered.ok) return Response.json(offered.value.options);
    return Response.json({ reason: offered.reason }, { status: offered.reason === "too_many_attempts" ? 429 : 403 });
  });

export const loader = () => redirect("/");
