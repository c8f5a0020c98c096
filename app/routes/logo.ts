import { type LoaderFunctionArgs } from "@remix-run/node";

import { serverOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { findLogo } from "#server/domains/files/index.ts";

/** The biller's logo. Its address changes with the picture (`?v=`), so browsers may keep it. */
export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const bytes = await findLogo(serverOf(args).makeCtx({ kind: "anonymous" }));
    if (bytes === null) return new Response(null, { status: 404 });
    return new Response(new Uint8Array(bytes), {
      headers: {
        "Content-Type": "image/png",
        "Cache-Control": "public, max-age=86400",
        "Content-Security-Policy": "default-src 'none'",
      },
    });
  });
