import { and, eq, inArray } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { newsTopicsOff } from "#db/schema/index.ts";

import { isMailTopic, MAIL_TOPICS, type MailTopic } from "./topics.ts";

/** The topics that do not ring for a person in the portal. */
export async function readQuietTopics(db: DbOrTx, loginId: string): Promise<MailTopic[]> {
  const rows = await db
    .select({ topic: newsTopicsOff.topic })
    .from(newsTopicsOff)
    .where(eq(newsTopicsOff.loginId, loginId));
  return rows.map(({ topic }) => topic).filter(isMailTopic);
}

/** Lets topics ring or be quiet for a person; those not named stay as they are. Any may be quiet: it is listed all the same. */
export async function writeQuietTopics(
  db: DbOrTx,
  { loginId, ring }: { loginId: string; ring: Partial<Record<MailTopic, boolean>> },
): Promise<void> {
  const loud = MAIL_TOPICS.filter((topic) => ring[topic] === true);
  const quiet = MAIL_TOPICS.filter((topic) => ring[topic] === false);
  if (loud.length > 0) {
    await db.delete(newsTopicsOff).where(and(eq(newsTopicsOff.loginId, loginId), inArray(newsTopicsOff.topic, loud)));
  }
  if (quiet.length > 0) {
    await db
      .insert(newsTopicsOff)
      .values(quiet.map((topic) => ({ loginId, topic })))
      .onConflictDoNothing();
  }
}
