import { safePath } from "#app/contracts/safe-path.ts";
import { deviceCookie, type HalfSignedIn, type LoginRole, type SessionOrigin } from "#server/domains/auth/index.ts";

import { ctxOf, type RouteArgs, serverOf } from "./asker.server.ts";
import { redirect } from "./redirect.server.ts";

export const homeOf = (role: LoginRole): string => (role === "customer" ? "/account" : "/console");

type Proved = { loginId: string; role: LoginRole; to?: string | undefined };

const STEP_PATHS = { factor: "/sign-in/code", enrol: "/second-factor" } as const;

/**
 * Goes on after the first factor: into the product, or to the step that is left before it. The session they came with
 * is gone.
 */
export async function openSession(args: RouteArgs, { loginId, role, to }: Proved): Promise<Response> {
  const { cookie, stage } = await serverOf(args).sessions.begin({ loginId, role }, originOf(args));
  if (stage !== "open") return toPage(stepPath(stage, to), new Headers({ "Set-Cookie": cookie }));
  return toPage(safePath(to, homeOf(role)), await wholeHeaders(args, { loginId, cookie }));
}

/** Opens the session of whoever has proved every factor there is, and sends them on. */
export async function finishSignIn(args: RouteArgs, { loginId, role, to }: Proved): Promise<Response> {
  return toPage(safePath(to, homeOf(role)), await openWhole(args, { loginId, role }));
}

/** As finishSignIn, without leaving the page: answers the headers that carry it. */
export async function openWhole(args: RouteArgs, { loginId, role }: Omit<Proved, "to">): Promise<Headers> {
  const cookie = await serverOf(args).sessions.open({ loginId, role }, originOf(args));
  return wholeHeaders(args, { loginId, cookie });
}

/** The session, and the mark of a browser that its owner has signed in with. */
async function wholeHeaders(args: RouteArgs, { loginId, cookie }: { loginId: string; cookie: string }) {
  const { ctx } = await ctxOf(args);
  const secure = ctx.publicUrl.startsWith("https:");
  const headers = new Headers({ "Set-Cookie": cookie });
  headers.append("Set-Cookie", deviceCookie({ keyFor: ctx.keyFor, loginId, secure }));
  return headers;
}

/** Whose sign-in has this step left. Anybody else is sent to where they belong. */
export async function requireHalf(args: RouteArgs, stage: HalfSignedIn["stage"]): Promise<HalfSignedIn> {
  const half = await readHalf(args);
  if (half?.stage === stage) return half;
  const { signedIn } = await serverOf(args).readAsker();
  throw redirect(signedIn ? homeOf(signedIn.role) : half ? STEP_PATHS[half.stage] : "/sign-in", 303);
}

export const readHalf = (args: RouteArgs): Promise<HalfSignedIn | null> =>
  serverOf(args).sessions.readHalf(args.request.headers.get("cookie"));

/** Where a step ends: what the address says, made safe. */
export const wishedPath = ({ request }: RouteArgs, fallback = ""): string =>
  safePath(new URL(request.url).searchParams.get("to"), fallback);

function stepPath(stage: HalfSignedIn["stage"], to: string | undefined): string {
  const wished = safePath(to, "");
  return wished === "" ? STEP_PATHS[stage] : `${STEP_PATHS[stage]}?${new URLSearchParams({ to: wished }).toString()}`;
}

const toPage = (path: string, headers: Headers): Response => redirect(path, { status: 303, headers });

function originOf(args: RouteArgs): SessionOrigin {
  const { headers } = args.request;
  return { ip: serverOf(args).ip, userAgent: headers.get("user-agent"), cookieHeader: headers.get("cookie") };
}
