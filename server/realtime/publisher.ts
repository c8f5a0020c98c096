import { getLogin } from "#server/domains/auth/index.ts";
import { findConversation, findMessage, getConversation } from "#server/domains/conversations/index.ts";
import { type EventName } from "#server/events/catalogue.ts";

import { withCards } from "./read-thread.ts";
import { roomOfMessage, rooms } from "./rooms.ts";
import { type RealtimeParts, typed } from "./sockets.ts";

/** After these, open pages of the account read their loaders again. */
const MOVES_ACCOUNT = [
  "account.money_changed",
  "account.changed",
  "payment.changed",
  "credit.given",
  "chargeback.changed",
  "dispute.changed",
  "action.changed",
] as const satisfies readonly EventName[];

/** Tells sockets what was committed. Best effort: who misses it catches up by sequence. */
export function publishEvents({ io: untyped, relay, db }: Pick<RealtimeParts, "io" | "relay" | "db">): void {
  const io = typed(untyped);
  for (const name of MOVES_ACCOUNT) {
    relay.on(name, ({ accountId }) => {
      if (accountId !== null) io.to(rooms.account(accountId)).emit("account.changed", { accountId });
    });
  }
  relay.on("invoice.issued", ({ accountId, silent }) => {
    if (!silent) io.to(rooms.account(accountId)).emit("account.changed", { accountId });
  });
  const announce = async (conversationId: string, toCustomer: boolean) => {
    io.to(rooms.staff).emit("inbox.changed", { conversationId });
    const person = toCustomer ? (await findConversation(db, conversationId))?.personLoginId : null;
    if (person) io.to(rooms.login(person)).emit("messages.changed", { conversationId });
  };
  relay.on("message.stored", async ({ conversationId, messageId, staffOnly }) => {
    const found = await findMessage(db, messageId);
    if (found === null) return;
    const isNote = staffOnly || found.kind === "note";
    const [message] = await withCards(db, [found]);
    if (message) io.to(roomOfMessage(conversationId, isNote)).emit("message.stored", { conversationId, message });
    await announce(conversationId, !isNote);
  });
  relay.on("conversation.changed", async ({ conversationId, accountId, state, assigneeLoginId }) => {
    const event = { conversationId, accountId, state: stateOf(state), assigneeLoginId };
    io.to(rooms.conversation(conversationId)).emit("conversation.changed", event);
    await announce(conversationId, true);
  });
  relay.on("conversation.taken_over", async ({ conversationId, fromLoginId, byLoginId }) => {
    const [{ number, personName }, by] = await Promise.all([
      getConversation({ db, actor: { kind: "system", name: "publisher" } }, { id: conversationId }),
      getLogin(db, byLoginId),
    ]);
    const event = { number, person: personName, by: by.name };
    io.to(rooms.login(fromLoginId)).emit("conversation.taken_over", event);
  });
  for (const name of ["processor_event.parked", "processor_event.worked_off"] as const) {
    relay.on(name, () => void io.to(rooms.parked).emit("parked.changed", {}));
  }
  relay.on("conversation.read", ({ conversationId, loginId, seq }) => {
    io.to(rooms.conversation(conversationId)).emit("conversation.read", { conversationId, loginId, seq });
    io.to(rooms.login(loginId)).emit("messages.changed", { conversationId });
  });
  relay.on("login.security_changed", ({ loginId, sessionId }) => {
    const room = sessionId === null ? rooms.login(loginId) : rooms.session(sessionId);
    io.to(room).emit("session.ended", {});
    io.in(room).disconnectSockets(true);
  });
}

const STATES = ["waiting", "assigned", "snoozed", "closed"] as const;
const stateOf = (text: string) => STATES.find((state) => state === text) ?? "waiting";
