import { redirect } from "@remix-run/node";

import { safePath } from "#app/contracts/safe-path.ts";
import { type LoginRole } from "#server/domains/auth/index.ts";

import { type RouteArgs, serverOf } from "./asker.server.ts";

export const homeOf = (role: LoginRole): string => (role === "customer" ? "/account" : "/console");

/** Opens a session for whoever has just proved who they are, and sends them on. The session they came with is gone. */
export async function openSession(
  args: RouteArgs,
  { loginId, role, to }: { loginId: string; role: LoginRole; to?: string | undefined },
): Promise<Response> {
  const { sessions, ip } = serverOf(args);
  const { headers } = args.request;
  const cookie = await sessions.open(
    { loginId, role },
    { ip, userAgent: headers.get("user-agent"), cookieHeader: headers.get("cookie") },
  );
  return redirect(safePath(to, homeOf(role)), { status: 303, headers: { "Set-Cookie": cookie } });
}
