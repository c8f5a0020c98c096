import { type MailTopic, readTopicsOff, writeTopicsOff } from "#server/domains/notifications/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { requireOwnLogin } from "./policy.ts";
import { getLogin } from "./queries.ts";

/** The topics that a person has switched off for their own address. */
export async function readMailWishes(ctx: Ctx): Promise<MailTopic[]> {
  const { loginId } = requireOwnLogin(ctx.actor);
  return readTopicsOff(ctx.db, (await getLogin(ctx.db, loginId)).email);
}

/** Which mails a person wants at their own address. What must be sent is sent whatever is wished. */
export async function wishMails({
  ctx,
  input: { wanted },
}: {
  ctx: Ctx;
  input: { wanted: Partial<Record<MailTopic, boolean>> };
}): Promise<Ok<null>> {
  const { loginId } = requireOwnLogin(ctx.actor);
  const { email } = await getLogin(ctx.db, loginId);
  await writeTopicsOff(ctx.db, { address: email, wanted });
  return ok(null);
}
