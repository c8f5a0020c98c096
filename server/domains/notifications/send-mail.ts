import { eq, sql } from "drizzle-orm";

import { mails } from "#db/schema/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { holdsPayLink } from "#server/platform/pay-link-path.ts";

import { type MailData, type MailKind, SECRET_KINDS } from "./mail-kinds.ts";

export type RenderedMail = { subject: string; html: string; plain: string };
export type StoredMail = { [K in MailKind]: { kind: K; data: MailData[K] } }[MailKind];

/** Turns facts into a mail: server/mail-templates, handed in by the runtime because domains know no React. */
export type RenderMail = (ctx: Ctx, mail: StoredMail) => Promise<RenderedMail>;
/** Hands a mail to the mail server; null where there is none and mails are only kept. */
export type SendMail = ((mail: RenderedMail & { to: string; id: string }) => Promise<void>) | null;

/**
 * Renders a queued mail once and sends it. Repeating it after it was sent does nothing; a failure is kept on the row and
 * thrown, so that the job queue comes back to it.
 */
export async function sendQueuedMail({
  ctx,
  input: { mailId, render, send },
}: {
  ctx: Ctx;
  input: { mailId: string; render: RenderMail; send: SendMail };
}): Promise<void> {
  const [row] = await ctx.db.select().from(mails).where(eq(mails.id, mailId)).limit(1);
  if (!row || row.sentAt !== null) return;
  const rendered = row.html === "" ? await render(ctx, asStored(row.kind, row.data)) : row;
  const { subject, html, plain } = rendered;
  if (row.html === "") await ctx.db.update(mails).set({ subject, html, plain }).where(eq(mails.id, mailId));
  if (send === null) return;
  try {
    await send({ id: mailId, to: row.toAddress, subject, html, plain });
  } catch (error) {
    const lastError = error instanceof Error ? error.message.slice(0, 500) : "unknown";
    await ctx.db
      .update(mails)
      .set({ attempts: sql`${mails.attempts} + 1`, lastError })
      .where(eq(mails.id, mailId));
    throw error;
  }
  const opens = SECRET_KINDS.some((kind) => kind === row.kind) || holdsPayLink(plain);
  const wiped = opens ? { data: {}, html: "(sent)", plain: "(sent)" } : {};
  await ctx.db
    .update(mails)
    .set({ attempts: sql`${mails.attempts} + 1`, sentAt: sql`now()`, lastError: null, ...wiped })
    .where(eq(mails.id, mailId));
}

/** Rows are written by queueMail alone, whose types tie each kind to its data. */
function asStored(kind: string, data: Record<string, unknown>): StoredMail {
  return { kind, data } as StoredMail;
}
