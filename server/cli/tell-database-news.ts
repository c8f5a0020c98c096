import { type ClusterNews } from "#db/open-database.ts";
import { type Log } from "#server/platform/logger.ts";

/** Says in the log what happens to the embedded database while we look after it. */
export const tellDatabaseNews =
  (log: Log) =>
  (news: ClusterNews): void => {
    switch (news.kind) {
      case "died":
        log.error({}, "the database has died; it is started again");
        return;
      case "back":
        log.warn({ afterMs: Math.round(news.afterMs) }, "the database is back");
        return;
      case "not_started":
        log.error({ err: news.error, againInMs: news.againInMs }, "the database did not start; it is tried again");
        return;
      case "stopped":
        log.error({}, "somebody has stopped the database in good order; it is left alone, and no page can be shown");
        return;
    }
  };
