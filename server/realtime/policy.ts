import { type ClientEventName } from "#app/contracts/realtime/events.ts";

type SocketRule = {
  /** What the event is about: decides what a foreign or unknown id is answered (both alike: not_found). */
  about: "conversation" | "account" | "nothing";
  customer: boolean;
  staff: boolean;
  /** How many a socket may send within ten seconds. */
  perTenSeconds: number;
};

/** Every event a browser may send, and who may. A test enumerates it × role × own, foreign and unknown id. */
export const SOCKET_POLICY: Record<ClientEventName, SocketRule> = {
  "conversation.join": { about: "conversation", customer: true, staff: true, perTenSeconds: 40 },
  "conversation.leave": { about: "nothing", customer: true, staff: true, perTenSeconds: 60 },
  "conversation.catch_up": { about: "conversation", customer: true, staff: true, perTenSeconds: 60 },
  "conversation.mark_read": { about: "conversation", customer: true, staff: true, perTenSeconds: 40 },
  "conversation.type": { about: "conversation", customer: true, staff: true, perTenSeconds: 15 },
  "message.post": { about: "conversation", customer: true, staff: true, perTenSeconds: 20 },
  "messages.count_unread": { about: "nothing", customer: true, staff: false, perTenSeconds: 20 },
  "account.watch": { about: "account", customer: true, staff: true, perTenSeconds: 40 },
  "account.unwatch": { about: "nothing", customer: true, staff: true, perTenSeconds: 60 },
  "inbox.watch": { about: "nothing", customer: false, staff: true, perTenSeconds: 20 },
  "inbox.unwatch": { about: "nothing", customer: true, staff: true, perTenSeconds: 20 },
};
