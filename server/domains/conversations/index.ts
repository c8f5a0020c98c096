export { appendCard } from "./append-card.ts";
export { appendSystemMessage } from "./append-system-message.ts";
export { assignConversation } from "./assign-conversation.ts";
export { claimConversation } from "./claim-conversation.ts";
export { closeConversation } from "./close-conversation.ts";
export { type ConversationRow, countUnread, listConversationsOfAccount } from "./list-conversations.ts";
export { countInbox, INBOX_QUEUES, type InboxCounts, type InboxQueue, type InboxRow, listInbox } from "./list-inbox.ts";
export { markRead } from "./mark-read.ts";
export { type Moved, type MoveRefusal } from "./move-conversation.ts";
export {
  type ConversationDraft,
  openConversation,
  openConversationIn,
  type Opened,
  type Subject,
} from "./open-conversation.ts";
export { type Posted, postMessage, type PostRefusal } from "./post-message.ts";
export {
  type ConversationView,
  findConversation,
  findMessage,
  getConversation,
  listMessages,
  type ReadMark,
} from "./queries.ts";
export { type Message, type MessageFile } from "./read-messages.ts";
export { releaseConversation } from "./release-conversation.ts";
export { reopenConversation } from "./reopen-conversation.ts";
export { authorizeConversation, type Conversation, type EventMove, lockConversation, type Stored } from "./rows.ts";
export { type ConversationStep, MAX_BODY, MAX_FILES, sees, stepsFrom } from "./rules.ts";
export { snoozeConversation } from "./snooze-conversation.ts";
export { wakeSnoozed } from "./wake-snoozed.ts";
export { mailAwayReplies } from "./mail-away-replies.ts";
