import { getConversation } from "#server/domains/conversations/index.ts";
import { authorize, may } from "#server/domains/auth/index.ts";
import { type Actor } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";

/**
 * Who hears what over sockets is decided here and nowhere else.
 *
 * | room | who enters | what is said there |
 * |---|---|---|
 * | conversation | whoever may see it: its customer, managers of its account, staff | messages except notes, read marks, typing |
 * | conversation, staff side | staff | notes, who is looking |
 * | account | whoever may view the account | "read again" |
 * | staff | staff | "the inbox moved" |
 * | parked | who may work off parked events, by itself | "read again" |
 * | login, session | that person, that session, by itself | "your messages moved", "taken over", "your session ended" |
 */
export const rooms = {
  conversation: (conversationId: string) => `conversation:${conversationId}`,
  conversationStaff: (conversationId: string) => `conversation:${conversationId}:staff`,
  account: (accountId: string) => `account:${accountId}`,
  staff: "staff",
  parked: "parked",
  login: (loginId: string) => `login:${loginId}`,
  session: (sessionId: string) => `session:${sessionId}`,
} as const;

/** The room a stored message is said in: a note never reaches a room that a customer can be in. */
export const roomOfMessage = (conversationId: string, isNote: boolean): string =>
  isNote ? rooms.conversationStaff(conversationId) : rooms.conversation(conversationId);

/** The rooms of a conversation for whoever asks. Throws not_found for one they may not see. */
export async function enterConversation(ctx: Ctx, conversationId: string) {
  const conversation = await getConversation(ctx, { id: conversationId });
  const shared = rooms.conversation(conversationId);
  const names = ctx.actor.kind === "staff" ? [shared, rooms.conversationStaff(conversationId)] : [shared];
  return { conversation, rooms: names };
}

export function enterAccount(ctx: Ctx, accountId: string): string {
  authorize(ctx.actor, "account.view", accountId);
  return rooms.account(accountId);
}

export function enterStaff(ctx: Ctx): string {
  authorize(ctx.actor, "conversation.queue");
  return rooms.staff;
}

/** The rooms that somebody is in from the first moment on, without asking. A change of their rights ends the socket. */
export function roomsOf(person: Actor & { loginId: string }, sessionId: string): string[] {
  const own = [rooms.login(person.loginId), rooms.session(sessionId)];
  return may(person, "event.work_off") ? [...own, rooms.parked] : own;
}
