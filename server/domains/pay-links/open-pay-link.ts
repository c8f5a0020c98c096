import { eq } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { type DbOrTx } from "#db/client.ts";
import { payLinks } from "#db/schema/index.ts";
import { type Account, getAccount } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { type Actor } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { readPayLinkToken } from "#server/platform/pay-link-path.ts";

import { type PayLinkRow } from "./rows.ts";
import { type LinkState, stateOf } from "./rules.ts";

export type Guest = Extract<Actor, { kind: "guest" }>;

export type OpenedLink =
  | { state: "living"; guest: Guest; account: Account; today: LocalDate; expiresOn: LocalDate }
  /** It is one of ours and works no more: a fresh one can be mailed to the address on file. */
  | { state: Exclude<LinkState, "living"> };

/**
 * Who somebody is who holds the address of a pay link: a guest with one bill, until this request ends. Null for an
 * address that we never made. Whatever the guest then asks is decided with this actor, by the same rules as for everyone.
 */
export async function openPayLink(ctx: Pick<Ctx, "db" | "keyFor" | "now">, token: string): Promise<OpenedLink | null> {
  const link = await findByToken(ctx, token);
  if (!link) return null;
  const account = await getAccount(ctx.db, link.accountId);
  const today = todayIn(account.zone, ctx.now);
  const state = stateOf(link, today);
  if (state !== "living") return { state };
  const { accountId, invoiceId, id: linkId, expiresOn } = link;
  return { state, guest: { kind: "guest", accountId, invoiceId, linkId }, account, today, expiresOn };
}

export async function findByToken(
  { db, keyFor }: { db: DbOrTx; keyFor: Ctx["keyFor"] },
  token: string,
): Promise<PayLinkRow | null> {
  const linkId = readPayLinkToken(keyFor, token);
  if (linkId === null) return null;
  const [row] = await db.select().from(payLinks).where(eq(payLinks.id, linkId)).limit(1);
  return row ?? null;
}
