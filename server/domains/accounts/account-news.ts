import { authorize } from "#server/domains/auth/index.ts";
import { countNews, listNews, markNewsSeen, type News } from "#server/domains/notifications/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { forbidden } from "#server/platform/faults.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { getAccount } from "./queries.ts";

/** What an account was told, newest first, and what of it the asking person has not seen. */
export async function readNews(
  ctx: Ctx,
  { accountId, cursor = null }: { accountId: string; cursor?: string | null },
): Promise<News> {
  return listNews(ctx.db, { ...readerOf(ctx, accountId), cursor });
}

/** How many news the asking person has not seen, counted up to ten. */
export const countUnseenNews = (ctx: Ctx, accountId: string): Promise<number> =>
  countNews(ctx.db, readerOf(ctx, accountId));

/** The asking person has seen the news up to this one. */
export async function seeNews({
  ctx,
  input: { accountId, upToId },
}: {
  ctx: Ctx;
  input: { accountId: string; upToId: string };
}): Promise<Ok<null>> {
  const reader = readerOf(ctx, accountId);
  await getAccount(ctx.db, accountId);
  await markNewsSeen(ctx.db, { ...reader, upToId });
  return ok(null);
}

function readerOf({ actor }: Ctx, accountId: string): { accountId: string; loginId: string } {
  authorize(actor, "account.view", accountId);
  const loginId = loginIdOf(actor);
  if (loginId === null) throw forbidden("news are a person's own");
  return { accountId, loginId };
}
