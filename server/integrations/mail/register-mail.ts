import { type DbOrTx } from "#db/client.ts";
import { findBusiness } from "#server/domains/business/index.ts";
import { listWaitingMailIds, type RenderMail, sendQueuedMail } from "#server/domains/notifications/index.ts";
import { type Relay } from "#server/events/relay.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { createMailSender, type Sender } from "./create-mail-sender.ts";

const task = "send-mail";

/** What delivery needs of the job queue. */
type Queue = {
  register(name: string, task: (ctx: Ctx, payload: unknown) => Promise<void>): void;
  add(name: string, payload: object, options: { key: string; maxAttempts: number }): Promise<void>;
};

export type MailOptions = {
  db: DbOrTx;
  relay: Relay;
  jobs: Queue;
  render: RenderMail;
  smtpUrl: string | undefined;
  /** `Billing <billing@example.com>` or a bare address; the business profile wins over it. */
  mailFrom: string | undefined;
};

export type MailDelivery = { /** What a stopped process left behind is queued again. */ resume(): Promise<void> };

/** Queued mails become jobs after commit. Without a mail server they are rendered and kept. */
export function registerMail({ db, relay, jobs, render, smtpUrl, mailFrom }: MailOptions): MailDelivery {
  const send = smtpUrl === undefined ? null : createMailSender({ smtpUrl, from: () => senderOf(db, mailFrom) });
  const queue = (mailId: string) => jobs.add(task, { mailId }, { key: `${task}:${mailId}`, maxAttempts: 15 });
  jobs.register(task, (ctx, payload) => sendQueuedMail({ ctx, input: { mailId: mailIdOf(payload), render, send } }));
  relay.on("mail.queued", ({ mailId }) => queue(mailId));
  const resume = async () => {
    for (const mailId of await listWaitingMailIds(db, send !== null)) await queue(mailId);
  };
  relay.onBack(resume);
  return { resume };
}

function mailIdOf(payload: unknown): string {
  if (typeof payload === "object" && payload !== null && "mailId" in payload) return String(payload.mailId);
  throw new Error("a mail job without a mail");
}

async function senderOf(db: DbOrTx, mailFrom: string | undefined): Promise<Sender> {
  const business = await findBusiness(db);
  const [, name, address] = /^(?:(.*?)\s*<)?([^<>\s]+@[^<>\s]+?)>?$/.exec(mailFrom ?? "") ?? [];
  return {
    name: business?.senderName ?? name ?? business?.name ?? "Billing",
    address: business?.senderEmail ?? address ?? business?.supportEmail ?? "billing@localhost",
  };
}
