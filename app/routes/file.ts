import { type LoaderFunctionArgs } from "@remix-run/node";

import { ctxOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { getFile } from "#server/domains/files/index.ts";
import { notFound } from "#server/platform/faults.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An uploaded file, for whoever may see its account: always saved, never opened as a page of ours. */
export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await ctxOf(args);
    const id = args.params["id"] ?? "";
    if (!UUID.test(id)) throw notFound("file");
    const { name, mediaType, bytes } = await getFile(ctx, id);
    return new Response(new Uint8Array(bytes), {
      headers: {
        "Content-Type": mediaType,
        "Content-Length": String(bytes.length),
        "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escaped)}`,
        "Content-Security-Policy": "sandbox; default-src 'none'",
      },
    });
  });

const escaped = (char: string): string => `%${char.charCodeAt(0).toString(16)}`;
