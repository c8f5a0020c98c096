export { type MailData, type MailKind, type MailMoney, mailMoney, type SecurityChange } from "./mail-kinds.ts";
export { getMail, listMails, listWaitingMailIds, type Mail } from "./queries.ts";
export { isPlainAddress, type MailDraft, queueMail } from "./queue-mail.ts";
export { type RenderedMail, type RenderMail, sendQueuedMail, type SendMail, type StoredMail } from "./send-mail.ts";
