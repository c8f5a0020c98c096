import { and, eq, inArray, sql } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { mails } from "#db/schema/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { holdsPayLink } from "#server/platform/pay-link-path.ts";

import { type MailData, type MailKind, SECRET_KINDS } from "./mail-kinds.ts";
import { copyKey } from "./queue-mail.ts";
import { isSwitchedOff } from "./topics-off.ts";
import { mayBeOff, stopsByOnePress, topicOf } from "./topics.ts";
import { unsubscribePath } from "./unsubscribe-path.ts";

export type RenderedMail = { subject: string; html: string; plain: string };
export type StoredMail = { [K in MailKind]: { kind: K; data: MailData[K] } }[MailKind];

/** Turns facts into a mail: server/mail-templates, handed in by the runtime because domains know no React. */
export type RenderMail = (
  ctx: Ctx,
  mail: StoredMail & { stopPath?: string | null; choosePath?: string | null },
) => Promise<RenderedMail>;
export type OutgoingMail = RenderedMail & {
  id: string;
  to: string;
  /** Where mail programs post to stop mails like it (RFC 8058); null for those that one press must not stop. */
  stopUrl: string | null;
};
/** Hands a mail to the mail server; null where there is none and mails are only kept. */
export type SendMail = ((mail: OutgoingMail) => Promise<void>) | null;

/**
 * Renders a queued mail once and sends it, unless its reader has switched its topic off or another mail tells them the
 * same. Repeating it after it was sent does nothing; a failure is kept on the row and thrown, so that the job queue comes back to it.
 */
export async function sendQueuedMail({
  ctx,
  input: { mailId, render, send },
}: {
  ctx: Ctx;
  input: { mailId: string; render: RenderMail; send: SendMail };
}): Promise<void> {
  const [row] = await ctx.db.select().from(mails).where(eq(mails.id, mailId)).limit(1);
  if (!row || row.sentAt !== null || row.skippedAt !== null) return;
  const topic = topicOf(row.kind);
  if ((await isOff(ctx.db, row)) || (await isSaidElsewhere(ctx.db, row))) {
    await ctx.db
      .update(mails)
      .set({ skippedAt: sql`now()` })
      .where(eq(mails.id, mailId));
    return;
  }
  const stopPath = topic !== null && stopsByOnePress(topic) ? unsubscribePath(ctx.keyFor, mailId) : null;
  const choosePath = topic !== null && mayBeOff(topic) && stopPath === null ? "/settings/notices" : null;
  const rendered = row.html === "" ? await render(ctx, { ...asStored(row.kind, row.data), stopPath, choosePath }) : row;
  const { subject, html, plain } = rendered;
  if (row.html === "") {
    const kept = await ctx.db
      .update(mails)
      .set({ subject, html, plain })
      .where(eq(mails.id, mailId))
      .returning({ id: mails.id });
    // Withdrawn while it was rendered.
    if (kept.length === 0) return;
  }
  if (send === null) return;
  try {
    const stopUrl = stopPath === null ? null : `${ctx.publicUrl}${stopPath}`;
    await send({ id: mailId, to: row.toAddress, subject, html, plain, stopUrl });
  } catch (error) {
    const lastError = error instanceof Error ? error.message.slice(0, 500) : "unknown";
    await ctx.db
      .update(mails)
      .set({ attempts: sql`${mails.attempts} + 1`, lastError })
      .where(eq(mails.id, mailId));
    throw error;
  }
  const secret = SECRET_KINDS.some((kind) => kind === row.kind);
  const wiped = {
    // Paths of pay links are stored unsigned: only what was rendered gives one away.
    ...(secret || holdsPayLink(plain) ? { html: "(sent)", plain: "(sent)" } : {}),
    ...(secret ? { data: {} } : {}),
  };
  await ctx.db
    .update(mails)
    .set({ attempts: sql`${mails.attempts} + 1`, sentAt: sql`now()`, lastError: null, ...wiped })
    .where(eq(mails.id, mailId));
}

type Row = typeof mails.$inferSelect;

async function isOff(db: DbOrTx, { kind, toAddress: address }: Row): Promise<boolean> {
  const topic = topicOf(kind);
  return topic !== null && (await isSwitchedOff(db, { address, topic }));
}

/** Another mail to the same reader says it too, and is not one that they have switched off. */
async function isSaidElsewhere(db: DbOrTx, { data: { saidIn }, toAddress }: Row): Promise<boolean> {
  if (typeof saidIn !== "string") return false;
  const [other] = await db
    .select()
    .from(mails)
    .where(and(inArray(mails.dedupeKey, [saidIn, copyKey(saidIn, toAddress)]), eq(mails.toAddress, toAddress)))
    .limit(1);
  return other !== undefined && other.skippedAt === null && !(await isOff(db, other));
}

/** Rows are written by queueMail alone, whose types tie each kind to its data. */
function asStored(kind: string, data: Record<string, unknown>): StoredMail {
  return { kind, data } as StoredMail;
}
