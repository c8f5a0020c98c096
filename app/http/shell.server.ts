import { type Business, findBusiness } from "#server/domains/business/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { type Contact } from "../ui/contact.tsx";
import { type Biller } from "../ui/brand.tsx";
import { type Locale } from "../ui/locale.tsx";
import { type RouteArgs, serverOf } from "./asker.server.ts";

export type ShellFacts = { biller: Biller; locale: Locale };

const UNNAMED: Biller = { name: "Remit", logoUrl: null };
const KEPT_MS = 5_000;

let kept: { business: Business | null; readAt: number } | undefined;

/**
 * What every shell shows around its page: the biller, and the language, zone and clock that dates are told in. The
 * biller is read again after five seconds, so that a page costs no query for it and a new name still shows at once.
 */
export async function readShell(args: RouteArgs, language?: string): Promise<ShellFacts> {
  const ctx = serverOf(args).makeCtx({ kind: "anonymous" });
  const business = await readBusiness(ctx);
  return {
    biller: business
      ? { name: business.name, logoUrl: business.logoFileId === null ? null : `/logo?v=${business.logoFileId}` }
      : UNNAMED,
    locale: {
      locale: language ?? business?.locale ?? "en-US",
      zone: business?.zone ?? "UTC",
      now: ctx.now,
      skewMs: ctx.now.getTime() - Date.now(),
    },
  };
}

/**
 * Who to ask where a page cannot be shown: as it was read last, where it cannot be read now. Never fails, so that an error
 * page always has a sentence.
 */
export async function findContact(args: RouteArgs): Promise<Contact | null> {
  const business = await Promise.resolve()
    .then(() => readBusiness(serverOf(args).makeCtx({ kind: "anonymous" })))
    .catch(() => kept?.business ?? null);
  return business && { name: business.name, phone: business.phone, email: business.supportEmail };
}

async function readBusiness(ctx: Ctx): Promise<Business | null> {
  const readAt = performance.now();
  if (!kept?.business || readAt - kept.readAt > KEPT_MS) kept = { business: await findBusiness(ctx.db), readAt };
  return kept.business;
}
