import { isolated } from "#app/contracts/isolated.ts";
import { currency } from "#app/contracts/currency.ts";
import { type Money, money } from "#app/contracts/money.ts";
import type { MailData, MailMoney, NewsItem } from "#server/domains/notifications/index.ts";

export type NoticeWords = { what: string; to: string; amount: Money | null };

const OUTCOMES = { for_customer: "decided for you", partially: "decided in part for you", denied: "the charge stays" };
const PLAN_ENDS = {
  ...{ completed: "Your plan is paid off", broken: "Your plan has ended: a payment was missed" },
  ...{
    cancelled: "Your plan was canceled",
    declined: "Your plan was declined",
    expired: "The offer of a plan is over",
  },
};

/** One line about what an account was told, the amount it is about, and where it is found. */
export function noticeWords(item: NewsItem): NoticeWords {
  switch (item.kind) {
    case "bill_issued":
      return told(newBill(item.data), billPath(item.data), item.data.amount);
    case "reminder":
      return told(item.data.late ? "Reminder: past due" : "Reminder: due soon", item.data.path, item.data.total);
    case "statement_ready":
      return told("A statement is ready", item.data.path);
    case "receipt":
      return told("Payment received. Thank you.", portalPath(item.data.paymentPath), item.data.amount);
    case "payment_processing":
      return told("A payment is on its way", portalPath(item.data.paymentPath), item.data.amount);
    case "payment_failed":
      return told("A payment did not go through", portalPath(item.data.paymentPath), item.data.amount);
    case "payment_returned":
      return told("The bank took a payment back", portalPath(item.data.paymentPath), item.data.amount);
    case "draft_notice":
      return told(
        item.data.expiresOn ? `${item.data.method} expires before it pays` : "A payment will be taken by itself",
        item.data.path,
        item.data.amount,
      );
    case "draft_failed":
      return told(
        item.data.retryOn === null
          ? "A payment could not be taken, pay another way"
          : "A payment did not go through yet",
        item.data.path,
        item.data.amount,
      );
    case "autopay_changed":
      return told(item.data.on ? "Autopay is on" : "Autopay is off", item.data.path);
    case "card_expiring":
      return told(`${item.data.method} expires soon`, item.data.path);
    case "refund_sent":
      return told("A refund is on its way to you", portalPath(item.data.paymentPath), item.data.amount);
    case "refund_failed":
      return told("A refund could not be sent", portalPath(item.data.paymentPath), item.data.amount);
    case "credit_given":
      return told("You have a credit", item.data.path, item.data.amount);
    default:
      return aboutPlanOrTalk(item);
  }
}

function aboutPlanOrTalk(item: NewsItem): NoticeWords {
  switch (item.kind) {
    case "plan_offered":
      return told("A payment plan is offered to you", item.data.path, item.data.total);
    case "plan_accepted":
      return told("Your payment plan runs", item.data.path, item.data.total);
    case "plan_missed":
      return told("A payment of your plan was missed", item.data.path, item.data.amount);
    case "plan_moved":
      return told("A missed payment of your plan was moved to its end", item.data.path, item.data.amount);
    case "plan_ended":
      return told(PLAN_ENDS[item.data.how], item.data.path, item.data.total);
    case "dispute_filed":
      return told(`${item.data.number} is with us`, item.data.path, item.data.amount);
    case "dispute_changed":
      return told(`${item.data.number}: ${item.data.stateText}`, item.data.path);
    case "dispute_decided":
      return told(`${item.data.number}: ${OUTCOMES[item.data.outcome]}`, item.data.path, item.data.given);
    case "new_reply":
      return told(`${isolated(item.data.from)} answered you`, item.data.path);
    default:
      // About signing in: never among the news.
      return told("Your account was changed", "/account");
  }
}

const told = (what: string, to: string, amount?: MailMoney): NoticeWords => ({
  ...{ what, to },
  amount: amount ? money(BigInt(amount.amountMinor), currency(amount.currency)) : null,
});

/** Whoever has autopay reads whether this one is theirs to pay. */
function newBill({ kind, autopay }: MailData["bill_issued"]): string {
  const what = kind === "bill" ? "New bill" : "A late fee was charged";
  if (!autopay) return what;
  if (autopay.paused) return `${what}: autopay is paused`;
  if (autopay.expiresOn !== null) return `${what}: autopay needs another card`;
  if (autopay.takes.length === 0) return `${what}: autopay does not take it`;
  return autopay.rest === null ? `${what}: autopay takes it` : `${what}: autopay takes part of it`;
}

const billPath = ({ number }: { number: string }): string => `/bills/${encodeURIComponent(number)}`;

/** What somebody paid through a link is found in the account as well. */
const portalPath = (path: string): string => path.replace(/^\/p\/[^/]+\/paid\//, "/payments/");
