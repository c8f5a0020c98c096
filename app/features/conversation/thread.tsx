import { useActionData } from "@remix-run/react";

import { type ThreadData } from "#app/contracts/realtime/thread.ts";
import { useConversation } from "#app/realtime/index.ts";

import { type ComposerReply } from "./composer-reply.ts";
import { Composer } from "./composer.tsx";
import { ThreadLog } from "./thread-log.tsx";

export type ThreadProps = {
  data: ThreadData;
  /** Where the form is posted without script: the thread's own page. */
  action: string;
};

/** A whole thread: what was said, and where to write. Give it `key={data.conversation.id}`. */
export function Thread({ data, action }: ThreadProps) {
  const live = useConversation(data);
  const reply = useActionData<ComposerReply>();
  return (
    <div className="thread">
      <ThreadLog live={live} />
      <Composer live={live} action={action} {...(reply && !reply.ok ? { reply } : {})} />
    </div>
  );
}
