import { type ThreadData } from "#app/contracts/realtime/thread.ts";

import { ignoreLostLine } from "./lost-line.ts";
import { type RealtimeClient } from "./realtime-client.ts";

const DELAY_MS = 250;

/** Tells how far one has read, a moment after it was seen, and only when that moved on. */
export function createReadMarker({
  client,
  data,
  newest,
}: {
  client: RealtimeClient;
  data: ThreadData;
  newest: () => number;
}): { mark: () => void; stop: () => void } {
  const conversationId = data.conversation.id;
  let told = data.reads.find(({ loginId }) => loginId === data.me.loginId)?.lastReadSeq ?? 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function tell(): Promise<void> {
    const seq = newest();
    const answer = await client.request("conversation.mark_read", { conversationId, seq });
    if (answer.ok) told = Math.max(told, seq);
  }

  return {
    mark() {
      if (newest() <= told || timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        tell().catch(ignoreLostLine);
      }, DELAY_MS);
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
