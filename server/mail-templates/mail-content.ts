import { currency } from "#app/contracts/currency.ts";
import { formatLocalDate, localDate } from "#app/contracts/local-date.ts";
import { formatMoney, money } from "#app/contracts/money.ts";
import { type MailData, type MailKind, type MailMoney } from "#server/domains/notifications/index.ts";

/** A mail as words, before it has a shape. The frame and the plain text are both made of it, so they never differ. */
export type MailContent = {
  subject: string;
  /** What an inbox shows after the subject. */
  preview: string;
  heading: string;
  /** The number or the code that the mail is about, as large as its kind deserves. */
  hero?: string;
  lines: readonly string[];
  /** What somebody wrote, word for word, set apart from what we say. */
  quotes?: readonly string[];
  /** `path`: where the label leads. */
  rows?: readonly { label: string; value: string; path?: string }[];
  action?: { label: string; path: string };
  /** What to do if the mail was not expected, how long something works. */
  after?: readonly string[];
};

/** How a writer tells amounts and days, and whom it writes for. */
export type Voice = {
  biller: string;
  money(amount: MailMoney): string;
  /** A day of the coming weeks: "Fri, Nov 27". */
  day(date: string): string;
  /** A day that is looked up again in later years: "Nov 27, 2026". */
  date(date: string): string;
};

export type Writer<K extends MailKind> = (data: MailData[K], voice: Voice) => MailContent;

export function voiceFor({ biller, locale }: { biller: string; locale: string }): Voice {
  return {
    biller,
    money: (amount) => formatMoney(money(BigInt(amount.amountMinor), currency(amount.currency)), locale),
    day: (date) => formatLocalDate(localDate(date), "weekday", locale),
    date: (date) => formatLocalDate(localDate(date), "short", locale),
  };
}

/** "10 minutes", "2 days": long times in the unit people count them in. */
export const lasting = (count: number, unit: "minute" | "hour" | "day"): string =>
  `${count} ${unit}${count === 1 ? "" : "s"}`;
