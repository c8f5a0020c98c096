import { type MailKind } from "./mail-kinds.ts";

/** What people choose about, in the order it is listed. */
export const MAIL_TOPICS = [
  ...(["bill", "reminder", "statement", "receipt", "credit", "refund", "draft", "failed", "returned"] as const),
  ...(["card", "plan", "dispute", "reply"] as const),
] as const;
export type MailTopic = (typeof MAIL_TOPICS)[number];

/** A kind under no topic is about signing in, or was asked for this minute: it is never news and never off. */
const TOPIC_OF = {
  sign_in_code: null,
  reset_password: null,
  claim_code: null,
  claim_refused: null,
  invite: null,
  staff_invite: null,
  password_changed: null,
  security_changed: null,
  confirm_email: null,
  email_changed: null,
  pay_links: null,
  bill_issued: "bill",
  reminder: "reminder",
  statement_ready: "statement",
  receipt: "receipt",
  payment_processing: "receipt",
  payment_failed: "failed",
  draft_failed: "failed",
  payment_returned: "returned",
  draft_notice: "draft",
  autopay_changed: "draft",
  card_expiring: "card",
  refund_sent: "refund",
  refund_failed: "refund",
  credit_given: "credit",
  plan_offered: "plan",
  plan_accepted: "plan",
  plan_missed: "plan",
  plan_moved: "plan",
  plan_ended: "plan",
  dispute_filed: "dispute",
  dispute_changed: "dispute",
  dispute_decided: "dispute",
  new_reply: "reply",
} as const satisfies Readonly<Record<MailKind, MailTopic | null>>;

/** What is told of an account and its money: whom it goes to is decided in one place, `mailAccount` of accounts. */
export type AccountMailKind = {
  [K in MailKind]: (typeof TOPIC_OF)[K] extends null | "reply" ? never : K;
}[MailKind];

/**
 * Money that is taken by itself is announced and accounted for whatever is wished: Regulation E § 1005.10(d) asks for
 * notice of amounts that vary, the card networks and Nacha for word of each authorisation and of what failed.
 */
const MUST_BE_SENT: ReadonlySet<MailTopic> = new Set<MailTopic>(["draft", "failed", "returned", "plan"]);

export const mayBeOff = (topic: MailTopic): boolean => !MUST_BE_SENT.has(topic);

/** What proves that money moved is switched off on the page of one's mails only: no mail program's button ends it unasked. */
const PROOF: ReadonlySet<MailTopic> = new Set<MailTopic>(["receipt", "refund"]);

/** Whether one press in a mail stops its topic (RFC 8058). */
export const stopsByOnePress = (topic: MailTopic): boolean => mayBeOff(topic) && !PROOF.has(topic);

export const topicOf = (kind: string): MailTopic | null =>
  kind in TOPIC_OF ? TOPIC_OF[kind as keyof typeof TOPIC_OF] : null;

export const isMailTopic = (text: string): text is MailTopic => MAIL_TOPICS.some((topic) => topic === text);

export const accountMailKinds = (): AccountMailKind[] =>
  newsKinds().filter((kind): kind is AccountMailKind => topicOf(kind) !== "reply");

/** The kinds that stand among an account's news. */
export const newsKinds = (): string[] =>
  Object.entries(TOPIC_OF).flatMap(([kind, topic]) => (topic === null ? [] : [kind]));
