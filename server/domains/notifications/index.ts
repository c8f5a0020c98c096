export {
  type BillAutopay,
  type MailData,
  type MailKind,
  type MailMoney,
  mailMoney,
  type SecurityChange,
} from "./mail-kinds.ts";
export { countNews, listNews, type News, type NewsItem } from "./list-news.ts";
export { getMail, listMails, listWaitingMailIds, type Mail } from "./queries.ts";
export { copyKey, isPlainAddress, isQueued, keepMail, type MailDraft, queueMail } from "./queue-mail.ts";
export { markNewsSeen } from "./mark-news-seen.ts";
export { readQuietTopics, writeQuietTopics } from "./news-topics.ts";
export { moveTopicsOff, readTopicsOff, writeTopicsOff } from "./topics-off.ts";
export {
  type OutgoingMail,
  type RenderedMail,
  type RenderMail,
  sendQueuedMail,
  type SendMail,
  type StoredMail,
} from "./send-mail.ts";
export {
  type AccountMailKind,
  accountMailKinds,
  isMailTopic,
  MAIL_TOPICS,
  type MailTopic,
  mayBeOff,
} from "./topics.ts";
export { findUnsubscribe, unsubscribe } from "./unsubscribe.ts";
export { unsubscribePath } from "./unsubscribe-path.ts";
export { withdrawMails } from "./withdraw-mails.ts";
