import { asc, eq, inArray, type SQL } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { files, logins, messageFiles, type MessageKind, messages } from "#db/schema/index.ts";

export type MessageFile = { id: string; name: string; mediaType: string; byteSize: number };

export type Message = {
  id: string;
  conversationId: string;
  seq: number;
  clientId: string;
  kind: MessageKind;
  senderLoginId: string | null;
  senderRole: "customer" | "staff" | "system";
  senderName: string | null;
  body: string;
  /** A card's money action; what it says comes from the ledger. */
  actionId: string | null;
  meta: Record<string, unknown>;
  createdAt: Date;
  files: MessageFile[];
};

/** Messages with their senders' names and files, in two round trips. */
export async function readMessages(
  db: DbOrTx,
  { where, order, limit }: { where: SQL | undefined; order: SQL; limit: number },
): Promise<Message[]> {
  const rows = await db
    .select({
      id: messages.id,
      conversationId: messages.conversationId,
      seq: messages.seq,
      clientId: messages.clientId,
      kind: messages.kind,
      senderLoginId: messages.senderLoginId,
      senderRole: messages.senderRole,
      senderName: logins.name,
      body: messages.body,
      actionId: messages.actionId,
      meta: messages.meta,
      createdAt: messages.createdAt,
    })
    .from(messages)
    .leftJoin(logins, eq(logins.id, messages.senderLoginId))
    .where(where)
    .orderBy(order)
    .limit(limit);
  if (rows.length === 0) return [];
  const attached = await db
    .select({
      messageId: messageFiles.messageId,
      id: files.id,
      name: files.name,
      mediaType: files.mediaType,
      byteSize: files.byteSize,
    })
    .from(messageFiles)
    .innerJoin(files, eq(files.id, messageFiles.fileId))
    .where(
      inArray(
        messageFiles.messageId,
        rows.map((row) => row.id),
      ),
    )
    .orderBy(asc(files.id));
  return rows.map((row) => ({
    ...row,
    files: attached.filter((file) => file.messageId === row.id).map(({ messageId: _, ...file }) => file),
  }));
}
