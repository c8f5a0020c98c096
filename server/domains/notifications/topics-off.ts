import { and, eq, inArray } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { mailTopicsOff } from "#db/schema/index.ts";

import { isMailTopic, MAIL_TOPICS, type MailTopic, mayBeOff } from "./topics.ts";

const keyOf = (address: string): string => address.trim().toLowerCase();

/** What an address has switched off. */
export async function readTopicsOff(db: DbOrTx, address: string): Promise<MailTopic[]> {
  const rows = await db
    .select({ topic: mailTopicsOff.topic })
    .from(mailTopicsOff)
    .where(eq(mailTopicsOff.address, keyOf(address)));
  return rows.map(({ topic }) => topic).filter(isMailTopic);
}

/** Whether mails of a topic are not to be sent. What must be sent is never off, whatever was stored. */
export async function isSwitchedOff(
  db: DbOrTx,
  { address, topic }: { address: string; topic: MailTopic },
): Promise<boolean> {
  return mayBeOff(topic) && (await readTopicsOff(db, address)).includes(topic);
}

/** Switches topics on and off; those not named stay as they are, those that must be sent stay on. */
export async function writeTopicsOff(
  db: DbOrTx,
  { address, wanted }: { address: string; wanted: Partial<Record<MailTopic, boolean>> },
): Promise<void> {
  const chosen = MAIL_TOPICS.filter((topic) => mayBeOff(topic) && wanted[topic] !== undefined);
  const off = chosen.filter((topic) => wanted[topic] === false);
  const on = chosen.filter((topic) => wanted[topic] === true);
  const key = keyOf(address);
  if (on.length > 0) {
    await db.delete(mailTopicsOff).where(and(eq(mailTopicsOff.address, key), inArray(mailTopicsOff.topic, on)));
  }
  if (off.length > 0) {
    await db
      .insert(mailTopicsOff)
      .values(off.map((topic) => ({ address: key, topic })))
      .onConflictDoNothing();
  }
}

/** A person's choices go with them to their new address. */
export async function moveTopicsOff(db: DbOrTx, { from, to }: { from: string; to: string }): Promise<void> {
  const off = await readTopicsOff(db, from);
  await writeTopicsOff(db, { address: to, wanted: Object.fromEntries(off.map((topic) => [topic, false])) });
}
