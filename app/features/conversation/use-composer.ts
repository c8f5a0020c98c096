import { type FormEvent, type KeyboardEvent, type RefObject, useState } from "react";

import { holdsCardNumber } from "#app/contracts/mask-cards.ts";
import { CARD_NUMBER_HIDDEN, messageRefusal } from "#app/contracts/messages/conversation.ts";
import { type LiveConversation, useRealtime } from "#app/realtime/index.ts";

import { type ComposerReply } from "./composer-reply.ts";
import { useDraft } from "./use-draft.ts";
import { type Uploads, useUploads } from "./use-uploads.ts";

export const MAX_CHARACTERS = 10_000;
const WARN_FROM = 9_000;

/** What one who writes needs of the thread. */
export type Writing = Pick<LiveConversation, "data" | "upTo" | "send" | "tellTyping">;

export type ComposerOptions = {
  live: Writing;
  /** Where the form goes without script, and with files. */
  action: string;
  /** What the server said to the form, with what was typed. */
  reply?: ComposerReply | undefined;
  /** Looks at the text before it is sent; true: it was a command and is done with. */
  onCommand?: ((text: string) => boolean) | undefined;
  /** Follows what is being typed: for previews above the composer. */
  onType?: ((text: string) => void) | undefined;
};

export type ComposerState = {
  text: string;
  asNote: boolean;
  setAsNote: (asNote: boolean) => void;
  error: string | null;
  hint: string | null;
  uploads: Uploads;
  type: (text: string) => void;
  send: (event?: FormEvent) => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

/** What is being written, and what becomes of it: a command, a message over the socket, or a form with files. */
export function useComposer(
  { live, action, reply, onCommand, onType }: ComposerOptions,
  { area, form }: { area: RefObject<HTMLTextAreaElement>; form: RefObject<HTMLFormElement> },
): ComposerState {
  const { me, conversation } = live.data;
  const [text, setText] = useDraft(
    { loginId: me.loginId, conversationId: conversation.id },
    { area, initial: reply?.values?.["body"] ?? "" },
  );
  const [asNote, setAsNote] = useState(reply?.values?.["asNote"] === "on");
  const [problem, setProblem] = useState<string | null>(reply?.message ?? null);
  const hasScript = useRealtime() !== null;
  const uploads = useUploads({ form, onSent: () => setText("") });
  const tooLong = text.length > MAX_CHARACTERS;

  const type = (next: string) => {
    setText(next);
    setProblem(null);
    onType?.(next);
    if (!asNote && next !== "") live.tellTyping();
  };
  const send = (event?: FormEvent) => {
    if (!hasScript) return;
    event?.preventDefault();
    const body = text.trim();
    if (tooLong) return;
    if (uploads.chosen()) return uploads.submit(action);
    if (body === "") return setProblem(messageRefusal({ reason: "empty" }));
    if (!onCommand?.(body)) live.send({ body, asNote });
    type("");
    area.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing || !hasScript) return;
    event.preventDefault();
    send();
  };
  return {
    ...{ text, asNote, setAsNote, uploads, type, send, onKeyDown },
    error: tooLong
      ? messageRefusal({ reason: "too_long", length: text.length, max: MAX_CHARACTERS })
      : (uploads.problem ?? problem),
    hint: hintOf(text, tooLong),
  };
}

/** Why what is written is not sent as it stands, or how much room is left. */
function hintOf(text: string, tooLong: boolean): string | null {
  if (holdsCardNumber(text)) return CARD_NUMBER_HIDDEN;
  const left = MAX_CHARACTERS - text.length;
  return text.length >= WARN_FROM && !tooLong ? `${left.toLocaleString("en-US")} characters left` : null;
}
