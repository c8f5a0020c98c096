import { type ThreadPerson } from "#app/contracts/realtime/thread.ts";

import { rooms } from "./rooms.ts";
import { type Io } from "./sockets.ts";

const SETTLE_MS = 200;

/** Who has a thread open, each person once, over all processes. */
export async function peopleIn(io: Io, conversationId: string): Promise<ThreadPerson[]> {
  const room = rooms.conversation(conversationId);
  // Without an answer of the other processes (Redis is away), those of this one are told.
  const peers = await io
    .in(room)
    .fetchSockets()
    .catch(() => io.local.in(room).fetchSockets());
  return [...new Map(peers.map(({ data }) => [data.person.loginId, data.person])).values()];
}

/** Customers are told about customers only: which rep looks at a thread is the reps' business. */
export const visibleTo = (people: readonly ThreadPerson[], staff: boolean): ThreadPerson[] =>
  people.filter((person) => staff || person.role === "customer");

/** Tells a thread who is there, once after a flurry of comings and goings. */
export function createPresence(io: Io, onError: (error: unknown) => void): (conversationId: string) => void {
  const pending = new Map<string, NodeJS.Timeout>();
  const tell = async (conversationId: string) => {
    const people = await peopleIn(io, conversationId);
    const [all, staff] = [rooms.conversation(conversationId), rooms.conversationStaff(conversationId)];
    io.to(staff).emit("conversation.present", { conversationId, people: visibleTo(people, true) });
    io.to(all)
      .except(staff)
      .emit("conversation.present", { conversationId, people: visibleTo(people, false) });
  };
  return (conversationId) => {
    if (pending.has(conversationId)) return;
    const timer = setTimeout(() => {
      pending.delete(conversationId);
      tell(conversationId).catch(onError);
    }, SETTLE_MS);
    timer.unref();
    pending.set(conversationId, timer);
  };
}
