import { isolated, isolatedFacts } from "#app/contracts/isolated.ts";
import { getBusiness, type Business } from "#server/domains/business/index.ts";
import { type RenderMail } from "#server/domains/notifications/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { signPath } from "#server/platform/pay-link-path.ts";

import { type MailContent, voiceFor } from "./mail-content.ts";
import { plainText } from "./plain-text.ts";
import { writeMail } from "./write-mail.ts";

/** Facts in, a mail out: subject, HTML that is readable without pictures, and the same as plain text. */
export const renderMail: RenderMail = async (ctx, mail) => {
  const business = await getBusiness(ctx.db);
  const { name: biller, locale } = business;
  const content = signed(ctx, writeMail(isolatedFacts(mail), voiceFor({ biller: isolated(biller), locale })));
  const facts = {
    biller,
    locale,
    publicUrl: ctx.publicUrl,
    footer: footerOf(business),
    stopPath: mail.stopPath ?? null,
    choosePath: mail.choosePath ?? null,
  };
  // Loaded with the first mail: the renderer is large, and starting should not wait for it.
  const { renderFrame } = await import("./render-frame.tsx");
  return { subject: content.subject, html: await renderFrame(content, facts), plain: plainText(content, facts) };
};

/** Addresses of pay links are stored unsigned, and signed only here. */
function signed({ keyFor }: Pick<Ctx, "keyFor">, { action, rows, ...content }: MailContent): MailContent {
  const sign = <T extends { path?: string }>(one: T): T =>
    one.path === undefined ? one : { ...one, path: signPath(keyFor, one.path) };
  return { ...content, ...(action ? { action: sign(action) } : {}), ...(rows ? { rows: rows.map(sign) } : {}) };
}

function footerOf({ legalName, name, address, phone, supportEmail }: Business): string[] {
  const where = address
    ? [
        address.line1,
        address.line2,
        `${address.city}${address.region ? `, ${address.region}` : ""} ${address.postalCode}`,
      ]
    : [];
  const who = legalName !== null && legalName !== name ? [legalName] : [];
  const reach = [phone, supportEmail].filter(Boolean).join(" · ");
  const parts = [...who, ...where].map((part = "") => isolated(part)).filter(Boolean);
  return [parts.join(", "), reach].filter((line) => line !== "");
}
