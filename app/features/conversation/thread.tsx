import { type ReactNode, useDeferredValue, useMemo } from "react";

import { type ThreadData } from "#app/contracts/realtime/thread.ts";
import { type LiveConversation, useConversation } from "#app/realtime/index.ts";
import { useArrived } from "#app/ui/use-kept-form.ts";

import { askKeptAs } from "./ask-kept-as.ts";
import { type ComposerReply } from "./composer-reply.ts";
import { Composer } from "./composer.tsx";
import { type Writing } from "./use-composer.ts";
import { ThreadLog } from "./thread-log.tsx";

export type ThreadProps = {
  data: ThreadData;
  /** The thread's own page: the form goes there without script, and earlier messages are read there. */
  path: string;
  /** What the page's action answered. */
  reply?: ComposerReply | undefined;
  /** Looks at a text before it is sent; true: it was a command. */
  onCommand?: ((text: string) => boolean) | undefined;
  /** Follows what is being typed. */
  onType?: ((text: string) => void) | undefined;
  /** Stands above the field. */
  above?: ReactNode;
};

/** A whole thread: what was said, and where to write. Give it `key={data.conversation.id}`. */
export function Thread({ data, path, reply, onCommand, onType, above }: ThreadProps) {
  const live = useConversation(data);
  // What others write is drawn when there is time for it: no key and no press waits for it.
  const shown = useDeferredValue(live);
  const writing = useWriting(live);
  useArrived(askKeptAs(data.me.loginId, data.conversation));
  return (
    <div className="thread">
      <ThreadLog live={shown} path={path} />
      <Composer {...{ onCommand, onType }} live={writing} action={path} reply={reply && !reply.ok ? reply : undefined}>
        {above}
      </Composer>
    </div>
  );
}

/** What the composer needs of a thread: the same object for as long as nothing of that has moved. */
function useWriting({ data, upTo, send, tellTyping }: LiveConversation): Writing {
  // Only a rep's words say what was seen when they were sent.
  const seen = data.me.staff ? upTo : 0;
  return useMemo(() => ({ data, upTo: seen, send, tellTyping }), [data, seen, send, tellTyping]);
}
