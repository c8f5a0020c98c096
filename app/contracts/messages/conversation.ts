import { isolated } from "../isolated.ts";

/** The sentences of the thread: refusals of messages and of the queue's verbs, and the events it tells. */
export const MESSAGE_REFUSALS: Record<string, string | ((facts: Record<string, unknown>) => string)> = {
  empty: "Write something, or attach a file, and send it again.",
  too_long: ({ length, max }) =>
    `This message has ${count(length)} characters; ${count(max)} is the most. It is still here: shorten it, or send it in parts.`,
  too_many_files: ({ max }) => `${count(max)} files fit in one message. Send the others in a second one.`,
  unknown_file: "One of the files is no longer there. Attach it again, then send.",
  client_id_taken: "This message was mixed up with another one. Send it once more.",
  stale: "There is something new above that you may want to read first.",
  continued_elsewhere: ({ number }) => `This conversation goes on in ${String(number)}. Write there.`,
  too_fast: "That was a lot at once. Wait a few seconds, then send it again.",
  too_many_attempts:
    "That is a great many messages for a quarter of an hour. What you wrote is kept; send it a little later.",
  not_found: "This conversation is no longer open to you.",
  forbidden: "You can read here, but not write.",
  unauthenticated: "Your session has ended. Sign in again; what you wrote is kept.",
  wrong_state: "Somebody was faster: this conversation has moved on meanwhile.",
  taken: ({ holder }) =>
    `${holder ? isolated(String(holder)) : "A colleague"} has this conversation now. Take it over if you must.`,
  not_staff: "Choose somebody who works here.",
  not_in_future: "Choose a time that is still to come.",
};

/** Told while somebody writes one, before it is sent. */
export const CARD_NUMBER_HIDDEN =
  "A card number is hidden before this is sent: nobody here needs it. Only the payment page takes cards.";

const FALLBACK = "It was not sent. Try again in a moment; what you wrote is kept.";

/** The sentence for a refusal of a message or of a conversation's verb. */
export function messageRefusal(refusal: { reason: string } & Record<string, unknown>): string {
  const words = MESSAGE_REFUSALS[refusal.reason] ?? FALLBACK;
  return typeof words === "string" ? words : words(refusal);
}

const count = (value: unknown): string => Number(value).toLocaleString("en-US");
