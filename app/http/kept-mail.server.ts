import { type Ctx } from "#server/platform/ctx.ts";

import { type RouteArgs, serverOf, systemCtx } from "./asker.server.ts";

/** Outgoing mail can be read here only where it is kept instead of sent: elsewhere the address does not exist. */
export function requireKeptMail(args: RouteArgs): Ctx {
  if (!serverOf(args).keepsMail) throw new Response(null, { status: 404 });
  return systemCtx(args, "dev-mail");
}
