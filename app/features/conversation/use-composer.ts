import { type FormEvent, type KeyboardEvent, type RefObject, useState } from "react";

import { holdsCardNumber } from "#app/contracts/mask-cards.ts";
import { CARD_NUMBER_HIDDEN, messageRefusal } from "#app/contracts/messages/conversation.ts";
import { type LiveConversation, useRealtime } from "#app/realtime/index.ts";

import { type ComposerReply } from "./composer-reply.ts";
import { useDraft } from "./use-draft.ts";
import { type Uploads, useUploads } from "./use-uploads.ts";

const MAX_CHARACTERS = 10_000;
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
  asNote: boolean;
  setAsNote: (asNote: boolean) => void;
  error: string | null;
  hint: string | null;
  uploads: Uploads;
  type: () => void;
  send: (event?: FormEvent) => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

/** What is being written, and what becomes of it: a command, a message over the socket, or a form with files. */
export function useComposer(
  { live, action, reply, onCommand, onType }: ComposerOptions,
  { area, form }: { area: RefObject<HTMLTextAreaElement>; form: RefObject<HTMLFormElement> },
): ComposerState {
  const { me, conversation } = live.data;
  const [remarks, setRemarks] = useState(NONE);
  const remark = (text: string) => setRemarks((before) => remarksOn(text, before));
  const draft = useDraft({ loginId: me.loginId, conversationId: conversation.id }, { area, onFound: remark });
  const [asNote, setAsNote] = useState(reply?.values?.["asNote"] === "on");
  const [problem, setProblem] = useState<string | null>(reply?.message ?? null);
  const hasScript = useRealtime() !== null;
  const clear = () => {
    draft.clear();
    remark("");
  };
  const uploads = useUploads({ form, onSent: clear });

  const type = () => {
    const text = draft.read();
    draft.keep();
    remark(text);
    setProblem(null);
    onType?.(text);
    if (!asNote && text !== "") live.tellTyping();
  };
  const send = (event?: FormEvent) => {
    if (!hasScript) return;
    event?.preventDefault();
    const body = draft.read().trim();
    if (remarks.error !== null) return;
    if (uploads.chosen()) return uploads.submit(action);
    if (body === "") return setProblem(messageRefusal({ reason: "empty" }));
    if (!onCommand?.(body)) live.send({ body, asNote });
    draft.clear();
    type();
    area.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing || !hasScript) return;
    event.preventDefault();
    send();
  };
  return {
    ...{ asNote, setAsNote, uploads, type, send, onKeyDown },
    error: remarks.error ?? uploads.problem ?? problem,
    hint: remarks.hint,
  };
}

type Remarks = { error: string | null; hint: string | null };
const NONE: Remarks = { error: null, hint: null };

/** Why what is written is not sent as it stands, or how much room is left; the same as before, if nothing else is to be said. */
function remarksOn(text: string, before: Remarks): Remarks {
  const left = MAX_CHARACTERS - text.length;
  const error = left < 0 ? messageRefusal({ reason: "too_long", length: text.length, max: MAX_CHARACTERS }) : null;
  const room = text.length >= WARN_FROM && left >= 0 ? `${left.toLocaleString("en-US")} characters left` : null;
  const hint = holdsCardNumber(text) ? CARD_NUMBER_HIDDEN : room;
  return error === before.error && hint === before.hint ? before : { error, hint };
}
