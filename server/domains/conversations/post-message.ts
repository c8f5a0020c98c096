import { and, asc, eq, gt } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { conversations, messages } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { authorize, limitAttempts, type TooManyAttempts } from "#server/domains/auth/index.ts";
import { listOwnFileIds } from "#server/domains/files/index.ts";
import { type Actor, loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { forbidden, notFound } from "#server/platform/faults.ts";
import { ok, type Ok, refuse, type Refusal } from "#server/platform/result.ts";

import { type Message, readMessages } from "./read-messages.ts";
import { authorizeConversation, type Conversation, findByClientId, lockConversation, storeMessage } from "./rows.ts";
import { cleanBody, decideBody, MAX_BODY, MAX_FILES } from "./rules.ts";

export type Posted = {
  conversationId: string;
  messageId: string;
  seq: number;
  createdAt: Date;
  /** False for a resend: what the first one was answered. */
  fresh: boolean;
};

export type PostRefusal =
  | Refusal<"empty">
  | (Refusal<"too_long"> & { length: number; max: number })
  | (Refusal<"too_many_files"> & { max: number })
  | Refusal<"unknown_file">
  | Refusal<"client_id_taken">
  | TooManyAttempts
  | (Refusal<"stale"> & { newer: Message[] })
  | (Refusal<"continued_elsewhere"> & { number: string });

/** Of one customer in 15 minutes, over all lines and processes: more than anybody writes. */
const MOST_PER_QUARTER = 300;

/**
 * Stores a message and gives it the conversation's next number. Sent again under the same client id it answers what it
 * answered first. A note is for staff only. Writing into a closed conversation opens it again, unless the person has
 * another one about the same subject by now (`continued_elsewhere`). A rep who says up to where they have read
 * (`seenSeq`) is refused as `stale`, with what the customer wrote meanwhile; without it the message goes.
 */
export async function postMessage({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: {
    conversationId: string;
    /** A uuid that the sender made; kept until the answer has come. */
    clientId: string;
    body: string;
    fileIds?: readonly string[];
    asNote?: boolean;
    seenSeq?: number;
  };
}): Promise<Ok<Posted> | PostRefusal> {
  const { conversationId, clientId, fileIds = [], asNote = false } = input;
  // A message of megabytes is measured, never worked on.
  const body = input.body.length > 2 * MAX_BODY ? input.body : cleanBody(input.body);
  const senderLoginId = loginIdOf(ctx.actor);
  if (ctx.actor.kind === "customer") {
    const limited = await limitAttempts(ctx.db, [{ key: `message:${ctx.actor.loginId}`, most: MOST_PER_QUARTER }]);
    if (!limited.ok) return limited;
  }
  return withTransaction(ctx.db, async (tx) => {
    await authorizePost({ tx, actor: ctx.actor, conversationId, asNote });
    const decision = decideBody(body, fileIds.length);
    if (decision === "too_long") return refuse("too_long", { length: body.length, max: MAX_BODY });
    if (decision === "empty") return refuse("empty");
    if (fileIds.length > MAX_FILES) return refuse("too_many_files", { max: MAX_FILES });
    const conversation = await lockConversation(tx, conversationId);
    const first = await findByClientId(tx, conversationId, clientId);
    if (first) {
      const { senderLoginId: by, ...stored } = first;
      return by === senderLoginId ? ok({ conversationId, ...stored, fresh: false }) : refuse("client_id_taken");
    }
    const own = await listOwnFileIds(tx, conversation.accountId, fileIds);
    if (own.length !== new Set(fileIds).size) return refuse("unknown_file");
    if (!asNote && input.seenSeq !== undefined && ctx.actor.kind === "staff") {
      const newer = await readCustomersAfter(tx, conversation, input.seenSeq);
      if (newer.length > 0) return refuse("stale", { newer });
    }
    const other = asNote ? null : await findContinuation(tx, conversation);
    if (other !== null) return refuse("continued_elsewhere", { number: other });
    const stored = await storeMessage(tx, conversation, {
      ...{ kind: asNote ? "note" : "text", clientId, senderLoginId, senderRole: senderRole(ctx.actor) },
      ...{ body, fileIds: own, at: ctx.now },
    });
    return ok({ conversationId, ...stored, fresh: true });
  });
}

async function authorizePost({
  tx,
  actor,
  conversationId,
  asNote,
}: {
  tx: Tx;
  actor: Actor;
  conversationId: string;
  asNote: boolean;
}): Promise<void> {
  const [row] = await tx
    .select({ accountId: conversations.accountId, personLoginId: conversations.personLoginId })
    .from(conversations)
    .where(eq(conversations.id, conversationId))
    .limit(1);
  if (!row) throw notFound("conversation");
  authorizeConversation(actor, "conversation.write", row);
  if (asNote) authorize(actor, "conversation.note", row.accountId);
}

function senderRole(actor: Actor): "customer" | "staff" | "system" {
  switch (actor.kind) {
    case "customer":
    case "staff":
    case "system":
      return actor.kind;
    case "processor":
    case "guest":
    case "anonymous":
      throw forbidden("conversation.write");
  }
}

async function readCustomersAfter(tx: Tx, conversation: Conversation, seenSeq: number): Promise<Message[]> {
  const newer = and(
    eq(messages.conversationId, conversation.id),
    gt(messages.seq, seenSeq),
    eq(messages.senderRole, "customer"),
  );
  return readMessages(tx, { where: newer, order: asc(messages.seq), limit: 20 });
}

/** The number of the active conversation that took the place of this closed one, or null. */
async function findContinuation(tx: Tx, closed: Conversation): Promise<string | null> {
  if (closed.state !== "closed" || closed.personLoginId === null) return null;
  const active = await tx
    .select({ number: conversations.number, subjectId: conversations.subjectId, state: conversations.state })
    .from(conversations)
    .where(
      and(
        eq(conversations.accountId, closed.accountId),
        eq(conversations.personLoginId, closed.personLoginId),
        eq(conversations.subject, closed.subject),
      ),
    );
  return active.find((row) => row.state !== "closed" && row.subjectId === closed.subjectId)?.number ?? null;
}
