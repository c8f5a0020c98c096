import {
  type ThreadData,
  type ThreadMessage,
  type ThreadPerson,
  type ThreadRead,
} from "#app/contracts/realtime/thread.ts";

/** What a page knows of a thread. `upTo`: everything this reader may see, up to there, has been received. */
export type ThreadState = {
  conversation: ThreadData["conversation"];
  messages: ThreadMessage[];
  more: boolean;
  reads: ThreadRead[];
  people: ThreadPerson[];
  upTo: number;
};

export const startState = (data: ThreadData): ThreadState => ({
  conversation: data.conversation,
  messages: data.messages,
  more: data.more,
  reads: data.reads,
  people: [],
  upTo: newest(data.messages, 0),
});

/** The page's loader was read again: its facts win, older messages join, and nothing that came since is lost. */
export function takeLoader(state: ThreadState, data: ThreadData): ThreadState {
  const messages = mergeMessages(state.messages, data.messages);
  const oldest = data.messages[0]?.seq ?? 0;
  const reaches = oldest <= state.upTo + 1;
  const isOlderPart = oldest < (state.messages[0]?.seq ?? Infinity);
  return {
    ...state,
    conversation: data.conversation,
    messages,
    more: isOlderPart || messages.length === data.messages.length ? data.more : state.more,
    reads: mergeReads(state.reads, data.reads),
    upTo: reaches ? Math.max(state.upTo, newest(data.messages, 0)) : state.upTo,
  };
}

/** Answers of a catch-up that was asked with `afterSeq`: complete from there to its last message. */
export function takeCatchUp(state: ThreadState, afterSeq: number, messages: readonly ThreadMessage[]): ThreadState {
  const reached = afterSeq <= state.upTo ? newest(messages, state.upTo) : state.upTo;
  return { ...state, messages: mergeMessages(state.messages, messages), upTo: Math.max(state.upTo, reached) };
}

/** One message told by the server. It may be a repetition, or there may be a gap before it. */
export function takeMessage(state: ThreadState, message: ThreadMessage): { state: ThreadState; gap: boolean } {
  const next = message.seq === state.upTo + 1;
  const gap = message.seq > state.upTo + 1;
  const messages = mergeMessages(state.messages, [message]);
  return { state: { ...state, messages, upTo: next ? message.seq : state.upTo }, gap };
}

export function takeRead(state: ThreadState, mark: { loginId: string; seq: number }): ThreadState {
  const reads = state.reads.map((read) =>
    read.loginId === mark.loginId && read.lastReadSeq < mark.seq ? { ...read, lastReadSeq: mark.seq } : read,
  );
  const known = reads.some((read) => read.loginId === mark.loginId);
  const person = state.people.find(({ loginId }) => loginId === mark.loginId);
  if (!known && person) reads.push({ ...person, lastReadSeq: mark.seq });
  return { ...state, reads };
}

export function mergeReads(known: readonly ThreadRead[], told: readonly ThreadRead[]): ThreadRead[] {
  const merged = new Map(known.map((read) => [read.loginId, read]));
  for (const read of told) {
    const before = merged.get(read.loginId);
    if (!before || before.lastReadSeq <= read.lastReadSeq) merged.set(read.loginId, read);
  }
  return [...merged.values()];
}

/** By number, each once; the later told version wins, because a card's state moves. */
export function mergeMessages(known: readonly ThreadMessage[], told: readonly ThreadMessage[]): ThreadMessage[] {
  const [first] = told;
  if (first && told.length === 1 && first.seq > (known.at(-1)?.seq ?? 0)) return [...known, first];
  const merged = new Map(known.map((message) => [message.seq, message]));
  for (const message of told) merged.set(message.seq, message);
  return [...merged.values()].sort((a, b) => a.seq - b.seq);
}

const newest = (messages: readonly ThreadMessage[], least: number): number =>
  messages.reduce((most, { seq }) => Math.max(most, seq), least);
