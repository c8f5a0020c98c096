import { type MailContent } from "./mail-content.ts";
import { type FrameFacts } from "./mail-frame.tsx";

/** The same mail for programs, and people, that read text. */
export function plainText(content: MailContent, facts: Omit<FrameFacts, "locale">): string {
  const { heading, hero, lines, quotes = [], rows = [], action, after = [] } = content;
  const blocks = [
    heading,
    hero,
    ...lines,
    ...quotes.map((quote) => quote.replace(/^/gm, "> ")),
    rows.map(({ label, value, path }) => `${label}: ${value}${path ? `\n${facts.publicUrl}${path}` : ""}`).join("\n"),
    action && `${action.label}:\n${facts.publicUrl}${action.path}`,
    ...after,
    `-- \n${[facts.biller, ...facts.footer].join("\n")}`,
    facts.stopPath && `Stop mails like this:\n${facts.publicUrl}${facts.stopPath}`,
    facts.choosePath && `Choose which mails you get:\n${facts.publicUrl}${facts.choosePath}`,
  ];
  return `${blocks.filter(Boolean).join("\n\n")}\n`;
}
