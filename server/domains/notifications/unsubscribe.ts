import { eq } from "drizzle-orm";

import { mails } from "#db/schema/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { readTopicsOff, writeTopicsOff } from "./topics-off.ts";
import { type MailTopic, mayBeOff, topicOf } from "./topics.ts";
import { readUnsubscribeToken } from "./unsubscribe-path.ts";

export type Unsubscribing = { topic: MailTopic; off: boolean };

/** What a token from a mail would stop, and whether it is stopped already. Null for a token of nothing. */
export async function findUnsubscribe(ctx: Ctx, token: string): Promise<Unsubscribing | null> {
  const found = await findMail(ctx, token);
  return found && { topic: found.topic, off: (await readTopicsOff(ctx.db, found.address)).includes(found.topic) };
}

/**
 * Stops mails of the topic of one mail for whoever got it, or sends them again. The token is the proof: mail programs
 * post it without a session (RFC 8058). Refuses a token of nothing, and a mail that must be sent.
 */
export async function unsubscribe({
  ctx,
  input: { token, off },
}: {
  ctx: Ctx;
  input: { token: string; off: boolean };
}): Promise<Ok<Unsubscribing> | Refusal<"link_over">> {
  const found = await findMail(ctx, token);
  if (!found) return refuse("link_over");
  const { address, topic } = found;
  await writeTopicsOff(ctx.db, { address, wanted: { [topic]: !off } });
  return ok({ topic, off });
}

async function findMail(ctx: Ctx, token: string): Promise<{ address: string; topic: MailTopic } | null> {
  const mailId = readUnsubscribeToken(ctx.keyFor, token);
  if (mailId === null) return null;
  const [mail] = await ctx.db
    .select({ address: mails.toAddress, kind: mails.kind })
    .from(mails)
    .where(eq(mails.id, mailId));
  const topic = mail ? topicOf(mail.kind) : null;
  return mail && topic !== null && mayBeOff(topic) ? { address: mail.address, topic } : null;
}
