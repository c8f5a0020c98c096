import { isDatabaseAway } from "#db/is-away.ts";
import { type Log } from "#server/platform/ctx.ts";

/** Knows from rounds of work whether the database is away: says so once, and tells who asked when it is back. */
export function watchOutage(log: Log) {
  const onBack: (() => Promise<void>)[] = [];
  let isAway = false;
  return {
    onBack: (listener: () => Promise<void>) => void onBack.push(listener),
    /** A listener that fails because the database went away again is told anew. */
    async worked(): Promise<void> {
      if (isAway) await Promise.all(onBack.map((listener) => listener()));
      isAway = false;
    },
    failed(error: unknown): void {
      const away = isDatabaseAway(error);
      if (!away || !isAway) log.error({ err: error }, "the outbox relay failed a round");
      isAway = away;
    },
  };
}
