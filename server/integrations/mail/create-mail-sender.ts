import { createTransport } from "nodemailer";

import { type SendMail } from "#server/domains/notifications/index.ts";

export type Sender = { name: string; address: string };

/** Sends over SMTP. The message id is ours, so that a mail server sees a repeated attempt as the same mail. */
export function createMailSender({ smtpUrl, from }: { smtpUrl: string; from: () => Promise<Sender> }): SendMail {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 2,
    connectionTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async ({ id, to, subject, html, plain, stopUrl }) => {
    const sender = await from();
    const domain = sender.address.split("@")[1] ?? "localhost";
    await transport.sendMail({
      from: { name: oneLine(sender.name), address: sender.address },
      // As an object: an address is never parsed for further recipients.
      to: { name: "", address: to },
      subject: oneLine(subject),
      html,
      text: plain,
      messageId: `<${id}@${domain}>`,
      headers: {
        ...{ "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
        ...(stopUrl === null
          ? {}
          : { "List-Unsubscribe": `<${stopUrl}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }),
      },
    });
  };
}

/** A line break in a header begins another header. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
