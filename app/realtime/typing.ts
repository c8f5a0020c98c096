import { type ThreadPerson } from "#app/contracts/realtime/thread.ts";

import { ignoreLostLine } from "./lost-line.ts";
import { type RealtimeClient } from "./realtime-client.ts";

const TOLD_EVERY_MS = 2_500;
const SHOWN_MS = 4_500;

export type Typing = {
  shown(): readonly ThreadPerson[];
  heard(person: ThreadPerson): void;
  forget(loginId: string | null): void;
  /** Says that one types oneself, not more often than is needed. */
  tell(): void;
  /** What was typed is sent: the next letter is a new beginning. */
  sent(): void;
};

/** Who is writing at this moment. Forgotten after a few seconds of silence, or when their message is here. */
export function createTyping({
  client,
  conversationId,
  meLoginId,
  onChange,
}: {
  client: RealtimeClient;
  conversationId: string;
  meLoginId: string;
  onChange: () => void;
}): Typing {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  let people: readonly ThreadPerson[] = [];
  let toldAt = Number.NEGATIVE_INFINITY;

  function forget(loginId: string | null): void {
    if (loginId === null || !timers.has(loginId)) return;
    clearTimeout(timers.get(loginId));
    timers.delete(loginId);
    people = people.filter((person) => person.loginId !== loginId);
    onChange();
  }

  return {
    shown: () => people,
    forget,
    heard(person) {
      if (person.loginId === meLoginId) return;
      clearTimeout(timers.get(person.loginId));
      people = [...people.filter(({ loginId }) => loginId !== person.loginId), person];
      timers.set(
        person.loginId,
        setTimeout(() => forget(person.loginId), SHOWN_MS),
      );
      onChange();
    },
    sent() {
      toldAt = Number.NEGATIVE_INFINITY;
    },
    tell() {
      if (client.getStatus() !== "on" || performance.now() - toldAt < TOLD_EVERY_MS) return;
      toldAt = performance.now();
      client.request("conversation.type", { conversationId }).catch(ignoreLostLine);
    },
  };
}
