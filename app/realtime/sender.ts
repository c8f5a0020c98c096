import { maskCardNumbers } from "#app/contracts/mask-cards.ts";
import { messageRefusal } from "#app/contracts/messages/conversation.ts";
import { type Ack } from "#app/contracts/realtime/events.ts";
import { type ThreadFile } from "#app/contracts/realtime/thread.ts";

import { type OutboxStore, type Pending } from "./outbox.ts";
import { type RealtimeClient } from "./realtime-client.ts";

export type MessageDraft = { body: string; asNote?: boolean; files?: readonly ThreadFile[] };
type Answer = Ack<"message.post">;
export type Stored = Extract<Answer, { ok: true }>;

export type Sender = {
  pending(): readonly Pending[];
  /** Takes up what an earlier page left unsent. */
  restore(): void;
  send(draft: MessageDraft, seenSeq: number | null): void;
  /** Sends a failed one again; a stale one whatever came meanwhile. */
  retry(clientId: string): void;
  /** Takes an unsent message back. Answers its text, to be written on. */
  discard(clientId: string): string;
  /** It is stored: nothing of it is left to send. */
  forget(clientId: string): void;
  flush(): void;
};

export type SenderParts = {
  client: RealtimeClient;
  outbox: OutboxStore;
  conversationId: string;
  makeId: () => string;
  onChange: () => void;
  onStored: (message: Pending, answer: Stored) => void;
  onStale: () => void;
};

/** Keeps what was written until the server has stored it, and sends it in order, one at a time. */
export function createSender(parts: SenderParts): Sender {
  const { outbox, client } = parts;
  let pending: readonly Pending[] = [];
  let flushing = false;
  let again = false;

  function set(next: readonly Pending[]): void {
    pending = next;
    outbox.write(pending);
    parts.onChange();
  }

  const change = (clientId: string, part: Partial<Pending>) =>
    set(pending.map((one) => (one.clientId === clientId ? { ...one, ...part } : one)));
  const forget = (clientId: string) => {
    if (pending.some((one) => one.clientId === clientId)) set(pending.filter((one) => one.clientId !== clientId));
  };
  const next = () => pending.find(({ status }) => status === "sending" || status === "waiting");

  async function sendAll(): Promise<void> {
    for (let message = next(); message; message = next()) {
      const { clientId } = message;
      if (client.getStatus() === "on") change(clientId, { status: "sending", sentence: null });
      const answer = await post(parts, message);
      if (answer === "offline") {
        change(clientId, { status: "waiting" });
        return;
      }
      if (answer !== "unanswered" && answer.ok) {
        forget(clientId);
        parts.onStored(message, answer);
      } else if (answer !== "unanswered" && isForLater(answer.reason)) {
        await new Promise((resolve) => setTimeout(resolve, answer.retryAfterMs ?? 2_000));
      } else {
        change(clientId, troubleOf(answer));
        if (answer !== "unanswered" && answer.reason === "stale") parts.onStale();
      }
    }
  }

  function flush(): void {
    again = true;
    if (flushing) return;
    flushing = true;
    const rounds = async () => {
      // Asked for while a round was ending (the line came back just then): one more.
      while (again) {
        again = false;
        await sendAll();
      }
    };
    void rounds().finally(() => {
      flushing = false;
    });
  }

  return {
    pending: () => pending,
    restore: () => set(outbox.read()),
    forget,
    flush,
    send(draft, seenSeq) {
      set([...pending, pendingOf(draft, { clientId: parts.makeId(), seenSeq })]);
      flush();
    },
    retry(clientId) {
      change(clientId, { status: "sending", sentence: null, seenSeq: null });
      flush();
    },
    discard(clientId) {
      const body = pending.find((one) => one.clientId === clientId)?.body ?? "";
      forget(clientId);
      return body;
    },
  };
}

/** No answer is not a no: offline it waits; on a standing line the writer is asked, and the client id makes a repetition harmless. */
async function post(
  { client, conversationId }: SenderParts,
  message: Pending,
): Promise<Answer | "offline" | "unanswered"> {
  const { clientId, body, fileIds, asNote, seenSeq } = message;
  const payload = { conversationId, clientId, body, fileIds, asNote, ...(seenSeq === null ? {} : { seenSeq }) };
  if (client.getStatus() !== "on") return "offline";
  return client
    .request("message.post", payload)
    .catch(() => (client.getStatus() === "on" ? ("unanswered" as const) : ("offline" as const)));
}

/** Nobody has to decide anything: it is sent again, and its client id makes sure that it is stored once. */
const isForLater = (reason: string): boolean => reason === "too_fast" || reason === "unavailable";

const troubleOf = (answer: Answer | "unanswered"): Partial<Pending> => {
  if (answer === "unanswered" || answer.ok)
    return { status: "failed", sentence: messageRefusal({ reason: "unanswered" }) };
  return { status: answer.reason === "stale" ? "stale" : "failed", sentence: messageRefusal(answer) };
};

const pendingOf = (
  { body, asNote = false, files = [] }: MessageDraft,
  { clientId, seenSeq }: { clientId: string; seenSeq: number | null },
): Pending => ({
  // Hidden before it is kept in the tab's outbox and before it travels; the server hides it once more.
  ...{ clientId, body: maskCardNumbers(body), asNote, files: [...files], fileIds: files.map(({ id }) => id) },
  ...{ seenSeq: asNote ? null : seenSeq, writtenAt: new Date().toISOString(), status: "sending", sentence: null },
});
