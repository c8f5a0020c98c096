import { getBusiness } from "#server/domains/business/index.ts";
import { type Guest, type OpenedLink, openPayLink } from "#server/domains/pay-links/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";

import { type RouteArgs, serverOf, systemCtx } from "./asker.server.ts";
import { redirect } from "./redirect.server.ts";
import { readShell } from "./shell.server.ts";

type Params = RouteArgs & { params: Readonly<Record<string, string | undefined>> };
type Living = Extract<OpenedLink, { state: "living" }>;

/** A guest and the context they act in. The session, where there is one, is never looked at. */
export type GuestAsked = Omit<Living, "state"> & { state: "living"; ctx: Ctx; path: string };

export const tokenOf = ({ params }: Pick<Params, "params">): string => params["token"] ?? "";

/** Who holds the address, or why it works no more. Throws not_found for an address that we never made. */
export async function openLink(args: Params): Promise<GuestAsked | Exclude<OpenedLink, Living>> {
  const token = tokenOf(args);
  const opened = await openPayLink(systemCtx(args, "pay link"), token);
  if (opened === null) throw notFound("pay link");
  if (opened.state !== "living") return opened;
  return { ...opened, ctx: guestCtx(args, opened.guest), path: `/p/${token}` };
}

/** As openLink, for what stands below the link's own page, which tells why a link works no more. */
export async function requireGuest(args: Params): Promise<GuestAsked> {
  const opened = await openLink(args);
  if (opened.state !== "living") throw redirect(`/p/${tokenOf(args)}`);
  return opened;
}

const guestCtx = (args: RouteArgs, guest: Guest): Ctx => serverOf(args).makeCtx(guest);

/** What a guest may ask the biller, and the language and zone of the account. */
export async function readGuestFrame(args: RouteArgs, { account }: Pick<Living, "account">) {
  const { locale } = await readShell(args, account.locale);
  return { locale: { ...locale, zone: account.zone }, contact: await readContact(args) };
}

/** How to reach the biller without an account. */
export async function readContact(args: RouteArgs) {
  const { name, phone, supportEmail: email } = await getBusiness(systemCtx(args, "pay link").db);
  return { name, phone, email };
}
