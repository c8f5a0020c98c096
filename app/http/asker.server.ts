import { safePath } from "#app/contracts/safe-path.ts";
import { type Account, type AccountRight, getAccount } from "#server/domains/accounts/index.ts";
import { type LoginRole, type SignedIn } from "#server/domains/auth/index.ts";
import { type Actor } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { type LoadContext } from "./load-context.ts";
import { redirect } from "./redirect.server.ts";

/** What every loader and action receives, as far as we use it. */
export type RouteArgs = { request: Request; context: Partial<LoadContext> };

export type Staff = Extract<Actor, { kind: "staff" }>;
export type Customer = Extract<Actor, { kind: "customer" }>;

/** The server's part of the load context. Throws when the app runs without our server, which serves no data. */
export function serverOf({ context }: Pick<RouteArgs, "context">): LoadContext {
  if (!context.makeCtx || !context.readAsker) throw new Error("this route needs Remit's own server");
  return context as LoadContext;
}

/** The context of whoever asks, signed in or not. */
export async function ctxOf(args: RouteArgs): Promise<{ ctx: Ctx; signedIn: SignedIn | null }> {
  const server = serverOf(args);
  const { actor, signedIn } = await server.readAsker();
  return { ctx: server.makeCtx(actor), signedIn };
}

/** A context that acts for the system: for the few routes that serve people who have not signed in yet. */
export const systemCtx = (args: RouteArgs, name: string): Ctx => serverOf(args).makeCtx({ kind: "system", name });

/** Anonymous visitors go to sign-in and come back; staff are sent to their console. */
export async function requireCustomer(args: RouteArgs): Promise<{ ctx: Ctx; customer: Customer; signedIn: SignedIn }> {
  const { ctx, signedIn } = await ctxOf(args);
  if (signedIn === null || ctx.actor.kind === "anonymous") throw toSignIn(args.request);
  if (ctx.actor.kind !== "customer") throw redirect("/console");
  return { ctx, customer: ctx.actor, signedIn };
}

/** Anybody who is signed in, customer or staff: for pages about their own login. */
export async function requireSignedIn(args: RouteArgs): Promise<{ ctx: Ctx; signedIn: SignedIn }> {
  const { ctx, signedIn } = await ctxOf(args);
  if (signedIn === null) throw toSignIn(args.request);
  return { ctx, signedIn };
}

const ROLES: readonly LoginRole[] = ["customer", "rep", "supervisor", "admin"];

/** Customers see a console page as one that does not exist; staff of a smaller role are told it is not theirs. */
export async function requireStaff(
  args: RouteArgs,
  least: Staff["role"] = "rep",
): Promise<{ ctx: Ctx; staff: Staff; signedIn: SignedIn }> {
  const { ctx, signedIn } = await ctxOf(args);
  if (signedIn === null || ctx.actor.kind === "anonymous") throw toSignIn(args.request);
  if (ctx.actor.kind !== "staff") throw new Response(null, { status: 404 });
  if (ROLES.indexOf(ctx.actor.role) < ROLES.indexOf(least)) throw new Response(null, { status: 403 });
  return { ctx, staff: ctx.actor, signedIn };
}

const CHOSEN_ACCOUNT = /(?:^|;\s*)account=([0-9a-f-]{36})(?:;|$)/;

/** The billing account a customer is looking at: the one they chose, else their first. */
export async function requireAccount(
  args: RouteArgs,
): Promise<{ ctx: Ctx; customer: Customer; account: Account; right: AccountRight }> {
  const { ctx, customer } = await requireCustomer(args);
  const accountId = readChosenAccountId(args, customer);
  const right = accountId === null ? undefined : customer.accounts.get(accountId);
  if (accountId === null || right === undefined) throw redirect("/claim");
  return { ctx, customer, account: await readReached(args, ctx, accountId), right };
}

/** As requireAccount for the shell around a page, which is there for a login that reaches none too. */
export async function readChosenAccount(args: RouteArgs, ctx: Ctx, customer: Customer): Promise<Account | null> {
  const accountId = readChosenAccountId(args, customer);
  return accountId === null ? null : readReached(args, ctx, accountId);
}

/** Who asks came with the accounts they reach: no question of its own. */
async function readReached(args: RouteArgs, ctx: Ctx, accountId: string): Promise<Account> {
  const { reached } = await serverOf(args).readAsker();
  return reached.get(accountId) ?? getAccount(ctx.db, accountId);
}

/** As requireAccount, its id only; null for a login that reaches none. */
export function readChosenAccountId(args: RouteArgs, customer: Customer): string | null {
  const chosen = CHOSEN_ACCOUNT.exec(args.request.headers.get("cookie") ?? "")?.[1];
  if (chosen !== undefined && customer.accounts.has(chosen)) return chosen;
  return [...customer.accounts.keys()].sort()[0] ?? null;
}

function toSignIn(request: Request): Response {
  const from = pageOf(request);
  const params = from !== "/" ? `?${new URLSearchParams({ to: from }).toString()}` : "";
  return redirect(`/sign-in${params}`);
}

/** The page to come back to: what was asked for, or where the form stands that was sent, with what was typed into it. */
function pageOf({ method, url, headers }: Request): string {
  const sentFrom = headers.get("referer");
  const page = method === "GET" ? url : sentFrom !== null && URL.canParse(sentFrom) ? sentFrom : null;
  if (page === null) return "/";
  const { pathname, search } = new URL(page);
  return safePath(pathname.replace(/\.data$/, "").replace(/^\/_root$/, "/") + search);
}
