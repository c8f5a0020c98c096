import {
  type MailTopic,
  readQuietTopics,
  readTopicsOff,
  writeQuietTopics,
  writeTopicsOff,
} from "#server/domains/notifications/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { requireOwnLogin } from "./policy.ts";
import { getLogin } from "./queries.ts";

/** The topics that a person has switched off: mails to their own address, and what rings in the portal. */
export async function readMailWishes(ctx: Ctx): Promise<{ mailOff: MailTopic[]; quiet: MailTopic[] }> {
  const { loginId } = requireOwnLogin(ctx.actor);
  const { email } = await getLogin(ctx.db, loginId);
  const [mailOff, quiet] = await Promise.all([readTopicsOff(ctx.db, email), readQuietTopics(ctx.db, loginId)]);
  return { mailOff, quiet };
}

type Wanted = Partial<Record<MailTopic, boolean>>;

/** Which mails a person wants at their own address, and what rings in the portal. What must be sent is sent all the same. */
export async function wishMails({
  ctx,
  input: { wanted, ring },
}: {
  ctx: Ctx;
  input: { wanted: Wanted; ring: Wanted };
}): Promise<Ok<null>> {
  const { loginId } = requireOwnLogin(ctx.actor);
  const { email } = await getLogin(ctx.db, loginId);
  await withTransaction(ctx.db, async (tx) => {
    await writeTopicsOff(tx, { address: email, wanted });
    await writeQuietTopics(tx, { loginId, ring });
  });
  return ok(null);
}
